import { Kysely, PostgresDialect, sql } from 'kysely';
import type { PartStatus } from '#core/api/status.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { Database } from './database.ts';
import { createEmbedded } from './embedded.ts';
import { createExternal } from './external.ts';
import { type Migrations, migrate } from './migrate.ts';
import { createPool, type LatePool } from './pool.ts';

/** The database before features add their tables: `db.$extendTables<MyTables>()`. */
export type StateDb = Kysely<Record<never, never>>;

export type StateOptions = {
  /** The product's data directory; the cluster lives in its folder `postgres`. */
  readonly dataDir: string;
  /** `POSTGRES_URL`: use this server and run none. */
  readonly url?: string | undefined;
  readonly migrations: Migrations;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** The state database: inventory, dashboards, users. Its faults are AppErrors: `unavailable`, `limit_time`, `disk_full`. */
export type State = {
  /** Usable at any time; `unavailable` while the server is not up. */
  readonly db: StateDb;
  /** Resolves when the server is up and the schema is current. */
  readonly start: () => Promise<void>;
  /** Final: a stopped state is not started again. */
  readonly stop: () => Promise<void>;
  readonly status: () => PartStatus;
  readonly processes: () => readonly { readonly name: string; readonly pid: number }[];
  readonly kind: 'embedded' | 'server';
  /** Of the server, like `18.4`; '' before it is up. */
  readonly version: () => string;
  readonly sizeBytes: () => Promise<number>;
};

const DRAIN_MS = 3_000;

/** The state database of the product: its own PostgreSQL, or the server at `url`. Nothing runs before `start`. */
export function createState(options: StateOptions): State {
  const { clock, logger, migrations } = options;
  const server = options.url === undefined ? createEmbedded(options) : createExternal({ ...options, url: options.url });
  const pool = createPool(logger);
  const db: StateDb = new Kysely({ dialect: new PostgresDialect({ pool }) });
  let version = '';
  let progress: PartStatus | undefined;
  const start = async (): Promise<void> => {
    progress = { state: 'starting', detail: 'starting' };
    try {
      const connection = await server.start();
      progress = { state: 'starting', detail: 'bringing the schema up to date' };
      await migrate(connection, migrations, logger);
      await pool.open(connection);
      version = await serverVersion(db);
      progress = undefined;
    } catch (error) {
      progress = { state: 'failed', detail: error instanceof Error ? error.message : String(error) };
      await server.stop();
      throw error;
    }
  };
  return {
    db,
    start,
    stop: () => stopBoth(pool, server, clock),
    status: () => progress ?? server.status(),
    processes: server.processes,
    kind: server.kind,
    version: () => version,
    sizeBytes: () => sizeBytes(db),
  };
}

/** A statement that does not end must not hold up the stop: the server ends it. */
async function stopBoth(pool: LatePool, server: Database, clock: Clock): Promise<void> {
  const drained = new AbortController();
  const closed = pool.end().finally(() => drained.abort());
  await Promise.race([closed, clock.sleep(DRAIN_MS, drained.signal)]);
  await server.stop();
  await closed;
}

async function serverVersion(db: StateDb): Promise<string> {
  const { rows } = await sql<{ server_version: string }>`show server_version`.execute(db);
  return rows[0]?.server_version ?? '';
}

async function sizeBytes(db: StateDb): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db);
  return rows[0]?.bytes ?? 0;
}
