import type { PartStatus } from '#core/api/status.ts';
import { AppError, messageOf } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { Connection } from './connection.ts';
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
  const look = async (): Promise<void> => {
    await ping(connection, PING_MS);
    status = { state: 'up', detail: 'connected' };
  };
  const watchUntil = async (stopped: AbortSignal): Promise<void> => {
    for (;;) {
      await clock.sleep(EVERY_MS, stopped);
      if (stopped.aborted) return;
      const before = status.state;
      await look().catch((error: unknown) => {
        status = { state: 'degraded', detail: messageOf(error) };
        if (before === 'up') logger.warn({ err: error }, 'the state database does not answer');
      });
    }
  };
  return {
    kind: 'server',
    start: async () => {
      status = { state: 'starting', detail: 'connecting' };
      await look().catch((error: unknown) => {
        status = { state: 'failed', detail: messageOf(error) };
        throw refused(error);
      });
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

function refused(error: unknown): unknown {
  const known = asAppError(error);
  if (known instanceof AppError) return known;
  return new AppError('unavailable', `POSTGRES_URL lets us not in: ${messageOf(error)}`, { cause: error });
}
