import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CODES, EngineError } from './engine-error.ts';
import { quoteText } from './literal.ts';
import type { Statement } from './statement.ts';

/** Formats in which data of an insert may come. */
const FORMATS = new Set([
  'Native',
  'RowBinary',
  'RowBinaryWithNamesAndTypes',
  'JSONEachRow',
  'JSONCompactEachRow',
  'JSONCompactEachRowWithNames',
  'TabSeparated',
  'TabSeparatedWithNames',
  'TSV',
  'CSV',
  'CSVWithNames',
]);

/** Where bodies of inserts lie until the engine has read them. */
export class InsertBodies {
  readonly #directory: string;
  #count = 0;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Makes the folder and clears what an earlier process left: its senders never got an answer. */
  async open(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
    await mkdir(this.#directory, { mode: 0o700 });
  }

  /**
   * Keeps the body in a file while `run` works with a statement that reads it. Data never goes to the engine within the
   * text: after a blank line the engine would take it for SQL.
   */
  async keep(
    statement: Statement,
    body: AsyncIterable<Uint8Array>,
    run: (sql: string) => Promise<void>,
  ): Promise<void> {
    const format = statement.format ?? '';
    if (statement.verb !== 'INSERT' || !FORMATS.has(format)) {
      throw new EngineError(
        CODES.unknownFormat,
        `Data is taken by INSERT … FORMAT with a known format. (UNKNOWN_FORMAT)`,
      );
    }
    this.#count += 1;
    const file = join(this.#directory, String(this.#count));
    try {
      await pipeline(body, createWriteStream(file, { mode: 0o600 }));
      await run(`${head(statement)} SELECT * FROM file(${quoteText(file)}, '${format}')`);
    } finally {
      await rm(file, { force: true });
    }
  }
}

/** The text up to FORMAT, with its column list. */
function head(statement: Statement): string {
  const text = statement.tokens.map((token) => (token.kind === 'comment' ? ' ' : token.text)).join('');
  return text.replace(/\bFORMAT\s+\w+\s*$/i, '');
}
