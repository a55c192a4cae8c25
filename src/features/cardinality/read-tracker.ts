import { type ColumnType, sql } from 'kysely';
import { type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { Migrations, StateDb } from '#storage/postgres/index.ts';

type ReadTables = { metric_reads: { name: string; read_at: ColumnType<number, Date, Date> } };

/** When metrics were last asked for. */
export const readMigrations: Migrations = {
  '011-metric-reads': {
    up: async (db) => {
      await sql`create table metric_reads (name text primary key, read_at timestamptz not null)`.execute(db);
    },
  },
};

const FLUSH_EVERY_MS = 60_000;
const MAX_NAMES = 200_000;
const ROWS_AT_ONCE = 1_000;
/** The row of the day when tracking began. */
const BEGINNING = '';
const NODES = 2;

export type TrackerParts = { readonly db: StateDb; readonly clock: Clock; readonly logger: Logger };

/** Under which name a series is counted: its metric, or `a.b.*` for a dotted path. */
export function trackedName(name: string): string {
  const nodes = name.split('.');
  return nodes.length === 1 ? name : `${nodes.slice(0, NODES).join('.')}.*`;
}

/** Remembers when each metric was last asked for: in memory, and in the state database every minute. */
export class ReadTracker {
  readonly #now: () => number;
  readonly #readAt = new Map<string, number>();
  readonly #unsaved = new Set<string>();
  #since: number;
  #timer: NodeJS.Timeout | undefined;
  #parts: TrackerParts | undefined;

  constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
  }

  /** When tracking began, ms. */
  get since(): number {
    return this.#since;
  }

  /** 0: not since tracking began. */
  lastReadAt(name: string): number {
    return this.#readAt.get(name) ?? 0;
  }

  /** Somebody has asked for these series. */
  note(series: readonly { readonly labels: Labels }[]): void {
    let previous: string | undefined;
    for (const { labels } of series) {
      const name = labels[NAME_LABEL];
      if (name === undefined || name === previous) continue;
      previous = name;
      this.#mark(trackedName(name));
    }
  }

  /** Reads what is known and begins to keep it. */
  async start(parts: TrackerParts): Promise<void> {
    const db = parts.db.$extendTables<ReadTables>();
    for (const { name, read_at } of await db.selectFrom('metric_reads').selectAll().execute()) {
      if (name === BEGINNING) this.#since = read_at;
      else if ((this.#readAt.get(name) ?? 0) < read_at) this.#readAt.set(name, read_at);
    }
    await db
      .insertInto('metric_reads')
      .values({ name: BEGINNING, read_at: new Date(this.#since) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    this.#parts = parts;
    this.#timer = setInterval(() => void this.flush(), FLUSH_EVERY_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  /** Never rejects: what cannot be kept now is kept with the next flush. */
  async flush(): Promise<void> {
    const { db, logger } = this.#parts ?? {};
    const names = [...this.#unsaved];
    if (db === undefined || names.length === 0) return;
    try {
      for (let at = 0; at < names.length; at += ROWS_AT_ONCE) await this.#save(db, names.slice(at, at + ROWS_AT_ONCE));
    } catch (error) {
      logger?.warn({ err: error }, 'when metrics were last read could not be kept; trying again in a minute');
    }
  }

  async #save(db: StateDb, names: readonly string[]): Promise<void> {
    const rows = names.map((name) => ({ name, read_at: new Date(this.lastReadAt(name)) }));
    await db
      .$extendTables<ReadTables>()
      .insertInto('metric_reads')
      .values(rows)
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ read_at: (row) => row.ref('excluded.read_at') }))
      .execute();
    for (const name of names) this.#unsaved.delete(name);
  }

  #mark(name: string): void {
    if (this.#readAt.size >= MAX_NAMES && !this.#readAt.has(name)) return;
    this.#readAt.set(name, this.#now());
    this.#unsaved.add(name);
  }
}
