import type { LogRow, LogSearchAnswer, LogStats } from '#core/api/logs.ts';
import { compareRows, mergeRows } from './row-order.ts';

/** Rows kept at most: beyond, the oldest go and are asked for again when they are scrolled to. */
const MAX_ROWS = 100_000;
const MAX_TAILED = 50_000;
/** What was received just before the tail began reaches the store a little later: the newest page is asked for again. */
const CATCH_UP_MS: readonly number[] = [1_500, 5_000];

/** What a list of lines has now. A new object with every change. */
export type LogListState = {
  readonly kind: 'loading' | 'ready' | 'error';
  readonly error?: unknown;
  readonly rows: readonly LogRow[];
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly stats?: LogStats;
  /** New lines that are not among the rows yet, because somebody reads. */
  readonly waiting: readonly LogRow[];
  /** Lines that the live stream left out. */
  readonly skipped: number;
  /** Ids of the lines that came last. */
  readonly fresh: ReadonlySet<string>;
};

export type LogListOptions = {
  readonly order: 'newest' | 'oldest';
  readonly ask: (cursor: string | undefined, signal: AbortSignal) => Promise<LogSearchAnswer>;
  /** Begins to tell of new lines; undefined where none are wanted. */
  readonly tail: ((onRows: (rows: readonly LogRow[], skipped: number) => void) => () => void) | undefined;
};

const NOTHING: ReadonlySet<string> = new Set();
const EMPTY: LogListState = {
  ...{ kind: 'loading', rows: [], hasMore: false, isLoadingMore: false, waiting: [], skipped: 0, fresh: NOTHING },
};

/** The lines of a search, page by page, and the new ones on top, outside React. */
export class LogList {
  readonly #options: LogListOptions;
  readonly #listeners = new Set<() => void>();
  #state = EMPTY;
  #cursor: string | undefined;
  #life = new AbortController();
  #held = false;
  #endTail: (() => void) | undefined;
  #timers: ReturnType<typeof setTimeout>[] = [];

  constructor(options: LogListOptions) {
    this.#options = options;
  }

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): LogListState => this.#state;

  /** Asks for the first page, and for what comes. */
  readonly open = (): void => {
    this.#life = new AbortController();
    this.#endTail = this.#options.tail?.((rows, skipped) => this.#receive(rows, skipped));
    this.#timers =
      this.#endTail === undefined ? [] : CATCH_UP_MS.map((ms) => setTimeout(() => void this.#catchUp(), ms));
    void this.#load(undefined);
  };

  readonly close = (): void => {
    this.#life.abort();
    this.#endTail?.();
    for (const timer of this.#timers) clearTimeout(timer);
  };

  /** Asks for the next page, unless that goes on already. */
  readonly more = (): void => {
    if (this.#cursor !== undefined && !this.#state.isLoadingMore) void this.#load(this.#cursor);
  };

  readonly retry = (): void => void this.#load(this.#cursor);

  /** While held, new lines wait: nothing moves under the reader's eyes. */
  readonly hold = (held: boolean): void => {
    this.#held = held;
    if (!held && this.#state.waiting.length > 0) this.#put(this.#state.waiting, { waiting: [] });
  };

  async #load(cursor: string | undefined): Promise<void> {
    const { signal } = this.#life;
    this.#set(cursor === undefined ? { kind: 'loading' } : { isLoadingMore: true });
    try {
      const answer = await this.#options.ask(cursor, signal);
      if (signal.aborted) return;
      this.#cursor = answer.cursor;
      const rows = mergeRows(this.#state.rows, answer.rows, this.#options.order).slice(0, MAX_ROWS);
      if (rows.length === MAX_ROWS) this.#cursor = undefined;
      const hasMore = this.#cursor !== undefined;
      this.#set({ kind: 'ready', rows, hasMore, isLoadingMore: false, stats: answer.stats });
    } catch (error) {
      if (!signal.aborted) this.#set({ kind: 'error', error, isLoadingMore: false });
    }
  }

  /** Asks for the newest page again: lines may have been missed while the live stream was away. */
  readonly catchUp = (): void => void this.#catchUp();

  async #catchUp(): Promise<void> {
    const { signal } = this.#life;
    // The next tail or page brings what this one does not.
    const answer = await this.#options.ask(undefined, signal).catch(() => undefined);
    if (answer === undefined || signal.aborted) return;
    if (this.#held || !this.#isBeyond(answer)) return this.#receive(answer.rows, 0);
    this.#cursor = answer.cursor;
    this.#set({ rows: answer.rows, hasMore: true, waiting: [] });
  }

  /** Whether lines are missing between a newest page and what is here. */
  #isBeyond({ rows, cursor }: LogSearchAnswer): boolean {
    const [newest, oldest] = [this.#state.rows[0], rows.at(-1)];
    if (cursor === undefined || newest === undefined || oldest === undefined) return false;
    return compareRows(oldest, newest) > 0;
  }

  #receive(received: readonly LogRow[], skipped: number): void {
    const { rows, waiting, hasMore } = this.#state;
    const last = rows.at(-1);
    const known = new Set([...rows.slice(0, 2_000), ...waiting.slice(0, 2_000)].map(({ id }) => id));
    const fresh = received.filter(
      (row) => !known.has(row.id) && (!hasMore || last === undefined || compareRows(row, last) > 0),
    );
    if (fresh.length === 0 && skipped === 0) return;
    const total = this.#state.skipped + skipped;
    if (this.#held) {
      this.#set({ waiting: mergeRows(waiting, fresh, 'newest').slice(0, MAX_TAILED), skipped: total });
    } else this.#put(fresh, { skipped: total });
  }

  #put(fresh: readonly LogRow[], change: Partial<LogListState>): void {
    const merged = mergeRows(this.#state.rows, fresh, 'newest');
    const rows = merged.slice(0, Math.max(MAX_TAILED, this.#state.rows.length));
    if (rows.length < merged.length) this.#cursor = rows.at(-1)?.id;
    const hasMore = this.#cursor !== undefined;
    this.#set({ rows, hasMore, fresh: new Set(fresh.map(({ id }) => id)), ...change });
  }

  #set(change: Partial<LogListState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
