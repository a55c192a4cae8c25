import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import { AppError } from '#core/errors.ts';
import { ownerOf } from '#io/directory-lock.ts';
import type { Connection } from './connection.ts';
import { connectionOf } from './embedded.ts';
import { locateHome } from './home.ts';
import { migrate } from './migrate.ts';
import { createPool } from './pool.ts';
import { createState, type StateDb, type StateOptions } from './state.ts';

export type Beside = {
  readonly db: StateDb;
  /** Closes the connections, and the server when it was started only for us. */
  readonly close: () => Promise<void>;
};

export type BesideOptions = StateOptions & {
  /** Make the database when there is none yet; else that is `not_found`. */
  readonly create?: boolean;
};

/** How long a server that is just starting is awaited. */
const WAIT_MS = 30_000;
const POLL_MS = 100;

/**
 * The state database for a command that may run beside the server: connects to the running one (awaits one that is
 * starting), else starts it until `close`.
 */
export async function connectBeside(options: BesideOptions): Promise<Beside> {
  const running = options.url === undefined ? await findRunning(options) : undefined;
  if (running !== undefined) return connect(running, options);
  if (options.url === undefined && options.create !== true && (await locateHome(options.dataDir)) === undefined) {
    const message = `${options.dataDir} holds no state database: start nocmate once, or set NOCMATE_DATA`;
    throw new AppError('not_found', message);
  }
  const state = createState(options);
  await state.start();
  return { db: state.db, close: () => state.stop() };
}

/** The server that has the folder, once it answers with a current schema; undefined when nobody has it. */
async function findRunning({ dataDir, migrations, clock, logger }: BesideOptions): Promise<Connection | undefined> {
  const until = clock.monotonic() + WAIT_MS;
  for (;;) {
    const directory = await realpath(join(dataDir, 'postgres')).catch(() => undefined);
    const owner = directory === undefined ? undefined : await ownerOf(directory);
    if (owner === undefined) return undefined;
    const connection = await reach(dataDir);
    try {
      if (connection !== undefined) {
        await migrate(connection, migrations, logger);
        return connection;
      }
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'unavailable')) throw error;
    }
    if (clock.monotonic() > until) {
      throw new AppError(
        'unavailable',
        `process ${owner} has ${dataDir} but its database does not answer: see its log`,
      );
    }
    await clock.sleep(POLL_MS);
  }
}

/** How to reach the database of the folder; undefined while it is being made. */
async function reach(dataDir: string): Promise<Connection | undefined> {
  const home = await locateHome(dataDir);
  if (home === undefined) return undefined;
  const password = await readFile(home.passwordFile, 'utf8').catch((error: unknown) => {
    const message = `${home.passwordFile} cannot be read: run the command as the user that runs nocmate`;
    throw new AppError('forbidden', message, { cause: error });
  });
  return connectionOf(home, password);
}

async function connect(connection: Connection, { logger }: StateOptions): Promise<Beside> {
  const pool = createPool(logger);
  await pool.open(connection);
  const db: StateDb = new Kysely({ dialect: new PostgresDialect({ pool }) });
  return { db, close: () => pool.end() };
}
