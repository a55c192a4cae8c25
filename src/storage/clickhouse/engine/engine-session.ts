import { Session } from 'chdb';
import { quoteIdentifier, quoteText } from './literal.ts';

/** What one statement runs with. */
export type RunOptions = {
  readonly sql: string;
  /** Used when the text names none. */
  readonly format: string;
  readonly database: string;
  readonly settings: ReadonlyMap<string, string>;
};

/** Rows and bytes that the engine read for a statement. */
export type RunSummary = { readonly rows: number; readonly bytes: number; readonly elapsedMs: number };

/**
 * One connection to the engine; it runs one statement at a time. Settings and database stay on a connection, so it
 * remembers them and changes only what the next statement wants otherwise.
 */
export class EngineSession {
  readonly #open: () => Session;
  #session: Session;
  #database = 'default';
  #settings: ReadonlyMap<string, string> = new Map();

  constructor(directory: string, connectionArgs: readonly string[]) {
    this.#open = () => new Session(directory, { connectionArgs });
    this.#session = this.#open();
  }

  /** The whole answer at once. */
  async run(options: RunOptions): Promise<{ bytes: Uint8Array; summary: RunSummary }> {
    await this.#prepare(options);
    const result = await this.#session.queryAsync(options.sql, { format: options.format });
    const summary = { rows: result.rowsRead, bytes: result.bytesRead, elapsedMs: result.elapsed * 1000 };
    return { bytes: result.bytes(), summary };
  }

  /** The answer block by block; the engine waits while the consumer does. */
  async *stream(options: RunOptions): AsyncGenerator<Uint8Array> {
    await this.#prepare(options);
    for await (const chunk of this.#session.queryStream(options.sql, { format: options.format })) yield chunk.raw();
  }

  close(): void {
    this.#session.close();
  }

  async #prepare(options: RunOptions): Promise<void> {
    try {
      await this.#adjust(options);
    } catch (error) {
      // It is unknown which part was set: only a fresh connection is in a known state.
      this.#reopen();
      throw error;
    }
  }

  #reopen(): void {
    this.#session.close();
    this.#session = this.#open();
    this.#database = 'default';
    this.#settings = new Map();
  }

  async #adjust({ database, settings }: RunOptions): Promise<void> {
    // A read-only connection lets nobody change its settings again.
    if (this.#settings.has('readonly')) this.#reopen();
    if (database !== this.#database) await this.#session.queryAsync(`USE ${quoteIdentifier(database)}`);
    const stale = [...this.#settings.keys()].filter((name) => !settings.has(name));
    const fresh = [...settings].filter(([name, value]) => this.#settings.get(name) !== value);
    fresh.sort(([a], [b]) => Number(a === 'readonly') - Number(b === 'readonly'));
    if (stale.length > 0) await this.#set(stale.map((name) => `${name} = DEFAULT`));
    if (fresh.length > 0) await this.#set(fresh.map(([name, value]) => `${name} = ${quoteText(value)}`));
    this.#database = database;
    this.#settings = settings;
  }

  async #set(assignments: readonly string[]): Promise<void> {
    await this.#session.queryAsync(`SET ${assignments.join(', ')}`);
  }
}
