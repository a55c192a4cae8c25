import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import { identify } from '#io/process-identity.ts';
import type { ChildExit, RunningChild } from '#io/supervisor.ts';
import type { Binaries } from './binaries.ts';
import type { Home } from './home.ts';
import { endOrphan, identityFile } from './orphan.ts';
import { followServerLog, type ServerLog } from './server-log.ts';
import { serverArguments } from './settings.ts';

const FAST_STOP_MS = 10_000;
const IMMEDIATE_STOP_MS = 6_000;
/** Replaying the log after a crash takes time: at most what `max_wal_size` allows, on a slow disk. */
const READY_MS = 300_000;
const POLL_MS = 10;
/** Line of `postmaster.pid` that says what state the server is in. */
const STATUS_LINE = 7;

export type PostmasterOptions = {
  readonly home: Home;
  readonly binaries: Binaries;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** Starts PostgreSQL and resolves when it takes connections. Throws `unavailable` with what it complained about. */
export async function startPostmaster(options: PostmasterOptions, signal: AbortSignal): Promise<RunningChild> {
  const { home, binaries, logger } = options;
  await endOrphan(home, options);
  const child = spawn(binaries.postgres, serverArguments(home.data, home.socketDirectory), {
    cwd: home.data,
    env: { ...binaries.env },
    stdio: ['ignore', 'ignore', 'pipe'],
    // A session of its own: Ctrl-C in the terminal ends us first, and we end the server in order.
    detached: true,
    ...(home.user === undefined ? {} : { uid: home.user.uid, gid: home.user.gid }),
  });
  const log = followServerLog(child.stderr, logger);
  const running = describeChild(child, options.clock);
  try {
    await waitUntilReady(running, log, { ...options, signal });
    const identity = await identify(running.pid);
    await writeFile(identityFile(home), JSON.stringify(identity), { mode: 0o600 });
    return running;
  } catch (error) {
    await running.terminate();
    running.kill();
    throw error;
  }
}

function describeChild(child: ChildProcess, clock: Clock): RunningChild {
  let gone = false;
  const exited = new Promise<ChildExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => resolve({ code: null, signal: error.message }));
  }).then((exit) => {
    gone = true;
    return exit;
  });
  const end = async (signal: NodeJS.Signals, limitMs: number): Promise<boolean> => {
    if (!gone) child.kill(signal);
    const settled = new AbortController();
    await Promise.race([exited, clock.sleep(limitMs, settled.signal)]);
    settled.abort();
    return gone;
  };
  return {
    pid: child.pid ?? 0,
    exited,
    terminate: async () => {
      if (await end('SIGINT', FAST_STOP_MS)) return;
      await end('SIGQUIT', IMMEDIATE_STOP_MS);
    },
    kill: () => {
      if (!gone) child.kill('SIGKILL');
    },
  };
}

type Waiting = PostmasterOptions & { readonly signal: AbortSignal };

async function waitUntilReady(child: RunningChild, log: ServerLog, options: Waiting): Promise<void> {
  const { clock, home, signal } = options;
  const until = clock.monotonic() + READY_MS;
  let exit: ChildExit | undefined;
  void child.exited.then((value) => {
    exit = value;
  });
  while (!(await isReady(home, child.pid))) {
    if (signal.aborted) throw new AppError('cancelled', 'the start of PostgreSQL was called off');
    if (exit !== undefined) throw didNotStart(exit, log);
    if (clock.monotonic() > until) throw new AppError('unavailable', 'PostgreSQL was not ready after 5 minutes');
    await clock.sleep(POLL_MS);
  }
}

function didNotStart(exit: ChildExit, log: ServerLog): AppError {
  const how = exit.signal === null ? `code ${exit.code}` : exit.signal;
  return new AppError('unavailable', `PostgreSQL did not start (${how}): ${log.complaint()}`);
}

async function isReady(home: Home, pid: number): Promise<boolean> {
  const lines = (await readFile(join(home.data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return Number(lines[0]) === pid && lines[STATUS_LINE]?.trim() === 'ready';
}
