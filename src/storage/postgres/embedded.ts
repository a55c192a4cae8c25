import type { PartState, PartStatus } from '#core/api/status.ts';
import { AppError } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';
import { lockDirectory } from '#io/directory-lock.ts';
import type { Logger } from '#io/log.ts';
import { type Supervised, type SupervisedState, supervise } from '#io/supervisor.ts';
import { findNative, prepareBinaries } from './binaries.ts';
import { prepareCluster, SUPERUSER } from './cluster.ts';
import type { Connection } from './connection.ts';
import type { Database } from './database.ts';
import { type Home, prepareHome } from './home.ts';
import { ping } from './ping.ts';
import { startPostmaster } from './postmaster.ts';

export type EmbeddedOptions = { readonly dataDir: string; readonly clock: Clock; readonly logger: Logger };

/** A hung server is killed after this long without an answer: back within ten seconds. */
const SILENCE_MS = 6_000;

const STATES: Readonly<Record<SupervisedState, PartState>> = {
  starting: 'starting',
  up: 'up',
  restarting: 'degraded',
  stopped: 'off',
  failed: 'failed',
};

/** How to reach the cluster of a home. */
export const connectionOf = (home: Home, password: string): Connection => ({
  socketDirectory: home.socketDirectory,
  user: SUPERUSER,
  password,
  database: 'postgres',
});

/** Our own PostgreSQL under the data directory, supervised. Only one process at a time may have it. */
export function createEmbedded(options: EmbeddedOptions): Database {
  let child: Supervised | undefined;
  let unlock: (() => Promise<void>) | undefined;
  let failure: string | undefined;
  const stop = async (): Promise<void> => {
    await child?.stop();
    await unlock?.();
    child = undefined;
    unlock = undefined;
  };
  const start = async (): Promise<Connection> => {
    failure = undefined;
    try {
      const home = await prepareHome(options.dataDir, options.logger);
      unlock = await lockDirectory(home.directory);
      const prepared = await prepare(home, options);
      child = prepared.child;
      await child.start();
      return prepared.connection;
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      await stop();
      throw error;
    }
  };
  return {
    kind: 'embedded',
    start,
    stop,
    status: () => statusOf(child, failure),
    processes: () => {
      const pid = child?.state().pid ?? 0;
      return pid === 0 ? [] : [{ name: 'postgres', pid }];
    },
  };
}

async function prepare(home: Home, options: EmbeddedOptions): Promise<{ child: Supervised; connection: Connection }> {
  const { clock, logger } = options;
  const binaries = await prepareBinaries(findNative(), home.directory, home.user);
  const connection = connectionOf(home, await prepareCluster(home, binaries, logger));
  const child = supervise({
    name: 'postgres',
    launch: (signal) => launchWhenFree(() => startPostmaster({ home, binaries, clock, logger }, signal), clock, signal),
    heartbeat: (timeoutMs) => ping(connection, timeoutMs).then(() => true),
    silenceMs: SILENCE_MS,
    clock,
    logger,
  });
  return { child, connection };
}

const FREE_TRIES = 50;
const FREE_POLL_MS = 200;

/** Processes of a killed postmaster end a moment after it; until then PostgreSQL refuses to start over them. */
async function launchWhenFree<T>(launch: () => Promise<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch();
    } catch (error) {
      const isBusy = error instanceof AppError && /still in use/.test(error.message);
      if (!isBusy || attempt === FREE_TRIES || signal.aborted) throw error;
      await clock.sleep(FREE_POLL_MS, signal);
    }
  }
}

function statusOf(child: Supervised | undefined, failure: string | undefined): PartStatus {
  if (failure !== undefined) return { state: 'failed', detail: failure };
  if (child === undefined) return { state: 'off', detail: 'not started' };
  const { state, detail } = child.state();
  return { state: STATES[state], detail };
}
