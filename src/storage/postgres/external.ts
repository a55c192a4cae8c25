import pg from 'pg';
import type { PartStatus } from '#core/api/status.ts';
import { AppError, messageOf } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import { type Connection, driverOptions } from './connection.ts';
import type { Database } from './database.ts';
import { asAppError } from './fault.ts';
import { ping } from './ping.ts';

export type ExternalOptions = { readonly url: string; readonly clock: Clock; readonly logger: Logger };

const PING_MS = 5_000;
const EVERY_MS = 5_000;

/** A PostgreSQL server that somebody else runs (`POSTGRES_URL`); we only watch whether it answers. */
export function createExternal({ url, clock, logger }: ExternalOptions): Database {
  const connection: Connection = { url };
  let status: PartStatus = { state: 'off', detail: 'not started' };
  let life = new AbortController();
  let watch: Promise<void> | undefined;
  const watchUntil = async (stopped: AbortSignal): Promise<void> => {
    for (;;) {
      await clock.sleep(EVERY_MS, stopped);
      if (stopped.aborted) return;
      const before = status.state;
      status = await look(connection);
      if (before === 'up' && status.state !== 'up') {
        logger.warn({ detail: status.detail }, 'the state database does not answer');
      }
    }
  };
  return {
    kind: 'server',
    start: async () => {
      status = { state: 'starting', detail: 'connecting' };
      await enter(connection);
      status = { state: 'up', detail: 'connected' };
      life = new AbortController();
      watch = watchUntil(life.signal);
      return connection;
    },
    stop: async () => {
      life.abort();
      await watch;
      status = { state: 'off', detail: 'stopped' };
    },
    status: () => status,
    processes: () => [],
  };
}

function look(connection: Connection): Promise<PartStatus> {
  return ping(connection, PING_MS).then(
    () => ({ state: 'up', detail: 'connected' }),
    (error: unknown) => ({ state: 'degraded', detail: messageOf(error) }),
  );
}

/** The first connection. Throws `unavailable` for a server that may come, `forbidden` for one that refuses us. */
async function enter(connection: Connection): Promise<void> {
  checkUrl(connection);
  await ping(connection, PING_MS).catch((error: unknown) => {
    const known = asAppError(error);
    if (known instanceof AppError) throw known;
    throw new AppError('forbidden', `the server of POSTGRES_URL refuses us: ${messageOf(error)}`, { cause: error });
  });
}

/** The parser's own error holds the text with the password: it is not passed on. */
function checkUrl(connection: Connection): void {
  try {
    void new pg.Client(driverOptions(connection));
  } catch {
    throw new AppError('bad_request', 'POSTGRES_URL is not like postgresql://user:password@host:5432/database');
  }
}
