import { DatabaseSync } from 'node:sqlite';
import type { SqlCell, SqlParameter, SqlRows } from '#core/sql/sql-rows.ts';

/** What the process is asked. */
export type SqliteQuestion = {
  readonly text: string;
  readonly parameters: readonly SqlParameter[];
  readonly maxRows: number;
  readonly maxBytes: number;
};

/** What it answers. */
export type SqliteAnswer = { readonly rows: SqlRows } | { readonly error: string; readonly isTooLarge: boolean };

/** How long a lock of whoever writes is waited for. */
const LOCK_MS = 2_000;

const path = process.argv[2] ?? '';
const database = open();

/** Readable only; when it cannot be opened each answer tells why. */
function open(): DatabaseSync | Error {
  try {
    const opened = new DatabaseSync(path, { readOnly: true, timeout: LOCK_MS });
    opened.exec('PRAGMA query_only = 1');
    return opened;
  } catch (error) {
    return error as Error;
  }
}

process.on('message', (question: SqliteQuestion) => process.send?.(answerTo(question)));
process.on('disconnect', () => process.exit());

function answerTo(question: SqliteQuestion): SqliteAnswer {
  try {
    if (database instanceof Error) throw database;
    return read(database, question);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), isTooLarge: error instanceof RangeError };
  }
}

function read(opened: DatabaseSync, { text, parameters, maxRows, maxBytes }: SqliteQuestion): SqliteAnswer {
  const statement = opened.prepare(text);
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  const columns = statement.columns().map(({ name }) => name);
  const rows: SqlCell[][] = [];
  let bytes = 0;
  const values = parameters.map((value) => (typeof value === 'boolean' ? Number(value) : value));
  for (const row of statement.iterate(...values) as Iterable<unknown>) {
    if (rows.length === maxRows) return { rows: { columns, rows, isCut: true } };
    const cells = (row as unknown[]).map(cellOf);
    for (const cell of cells) bytes += cell?.length ?? 0;
    if (bytes > maxBytes) throw new RangeError(`the answer is larger than ${maxBytes} bytes`);
    rows.push(cells);
  }
  return { rows: { columns, rows, isCut: false } };
}

function cellOf(value: unknown): SqlCell {
  if (value === null || value === undefined) return null;
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value);
}
