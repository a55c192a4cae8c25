import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { AppError } from '#core/errors.ts';
import type { Logger } from '#io/log.ts';
import { type Connection, driverOptions } from './connection.ts';
import { asAppError } from './fault.ts';

const MAX_CONNECTIONS = 10;
const IDLE_MS = 5_000;

/** A pool that exists before the server does: until `open` every use is `unavailable`. */
export type LatePool = PostgresPool & { readonly open: (connection: Connection) => Promise<void> };

/** Connections that outlive restarts of the server: a broken one is thrown away, the next use makes a new one. */
export function createPool(logger: Logger): LatePool {
  let inner: pg.Pool | undefined;
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: {},
    open: async (connection) => {
      await inner?.end();
      inner = openPool(connection, logger);
    },
    connect: async () => {
      if (inner === undefined) throw new AppError('unavailable', 'the state database is not up yet, try again soon');
      const client = await inner.connect().catch((error: unknown) => {
        throw asAppError(error);
      });
      const known = clients.get(client);
      if (known !== undefined) return known;
      const wrapped = wrap(client);
      clients.set(client, wrapped);
      return wrapped;
    },
    end: async () => {
      const open = inner;
      inner = undefined;
      await open?.end();
    },
  };
}

function openPool(connection: Connection, logger: Logger): pg.Pool {
  const pool = new pg.Pool({ ...driverOptions(connection), max: MAX_CONNECTIONS, idleTimeoutMillis: IDLE_MS });
  const onError = (error: Error): void => logger.debug({ err: error }, 'a connection to the state database broke');
  pool.on('error', onError);
  // One that is checked out but idle between two statements has no listener of the pool: its error would end us.
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}

function wrap(client: pg.PoolClient): PostgresPoolClient {
  const query = async (text: string, parameters: unknown[]): Promise<unknown> => {
    try {
      return await client.query(text, parameters);
    } catch (error) {
      throw asAppError(error);
    }
  };
  return { query, release: (destroy?: boolean) => client.release(destroy) } as PostgresPoolClient;
}
