import { readFile } from 'node:fs/promises';
import { Kysely, PostgresDialect } from 'kysely';
import { AppError } from '#core/errors.ts';
import type { Connection } from './connection.ts';
import { ownerOf } from './directory-lock.ts';
import { connectionOf } from './embedded.ts';
import { locateHome } from './home.ts';
import { createPool } from './pool.ts';
import { createState, type StateDb, type StateOptions } from './state.ts';

export type Beside = {
  readonly db: StateDb;
  /** Closes the connections, and the server when it was started only for us. */
  readonly close: () => Promise<void>;
};

/**
 * The state database for a command that may run beside the server: connects to the running one, else starts it until
 * `close`. Throws `not_found` when there is no database yet and none may be made (`create` false).
 */
export async function connectBeside(options: StateOptions & { readonly create?: boolean }): Promise<Beside> {
  const running = options.url === undefined ? await findRunning(options) : undefined;
  if (running !== undefined) return connect(running, options);
  const state = createState(options);
  await state.start();
  return { db: state.db, close: () => state.stop() };
}

async function findRunning({ dataDir, create }: StateOptions & { readonly create?: boolean }) {
  const home = await locateHome(dataDir);
  if (home === undefined) {
    if (create === true) return undefined;
    throw new AppError('not_found', `${dataDir} holds no state database: start nocmate once, or set NOCMATE_DATA`);
  }
  if ((await ownerOf(home.directory)) === undefined) return undefined;
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
