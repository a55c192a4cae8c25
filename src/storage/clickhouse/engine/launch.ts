import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { AppError } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { ChildExit, RunningChild } from '#io/supervisor.ts';
import type { EngineOptions } from './engine-config.ts';
import type { ChildMessage, ParentMessage } from './messages.ts';

/** Where a running engine answers, and what it wants to hear. */
export type EngineEndpoint = { readonly port: number; readonly password: string; readonly version: string };

export type LaunchOptions = {
  readonly engine: EngineOptions;
  readonly clock: Clock;
  readonly logger: Logger;
};

const STOP_LIMIT_MS = 8000;
/** A predecessor that lost its parent ends at once, but its lock may outlive it for a moment. */
const LOCK_PATIENCE_MS = 2000;
const LOCK_POLL_MS = 200;
/** Threads for engine calls, files and DNS: a call blocks its thread as long as it runs. */
const THREADS = '16';

/** Starts the engine child. Throws `conflict` when another process has the directory, `unavailable` otherwise. */
export async function launchEngine(
  options: LaunchOptions,
  signal: AbortSignal,
): Promise<{ child: RunningChild; endpoint: EngineEndpoint }> {
  const until = options.clock.monotonic() + LOCK_PATIENCE_MS;
  for (;;) {
    const { child, opened } = spawnEngine(options, signal);
    const { endpoint, failure } = await opened;
    if (endpoint !== undefined) return { child, endpoint };
    child.kill();
    await child.exited;
    if (failure.code !== 'conflict' || options.clock.monotonic() > until || signal.aborted) throw failure;
    await options.clock.sleep(LOCK_POLL_MS, signal);
  }
}

type Opened = { endpoint: EngineEndpoint; failure?: never } | { endpoint?: never; failure: AppError };

function spawnEngine(options: LaunchOptions, signal: AbortSignal): { child: RunningChild; opened: Promise<Opened> } {
  const entry = fileURLToPath(new URL('./child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--max-old-space-size=128', '--max-semi-space-size=2', entry], {
    env: { PATH: process.env.PATH, TZ: 'UTC', UV_THREADPOOL_SIZE: THREADS },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // A session of its own: Ctrl-C in the terminal reaches us first, and we end the engine in order.
    detached: true,
  });
  const { running, complaint } = describe(child, options);
  const password = randomBytes(32).toString('base64url');
  const opened = new Promise<Opened>((resolve) => {
    child.once('message', (message: ChildMessage) => resolve(outcome(message, password)));
    void running.exited.then((exit) => resolve({ failure: didNotStart(exit, complaint()) }));
    signal.addEventListener('abort', () => running.kill(), { once: true });
  });
  send(child, { kind: 'open', password, engine: options.engine });
  return { child: running, opened };
}

function outcome(message: ChildMessage, password: string): Opened {
  if (message.kind === 'ready') return { endpoint: { port: message.port, password, version: message.version } };
  return { failure: new AppError(message.reason === 'locked' ? 'conflict' : 'unavailable', message.message) };
}

function didNotStart(exit: ChildExit, complaint: string): AppError {
  const how = exit.signal ?? `code ${exit.code}`;
  const hint = 'it needs Linux with glibc or macOS; elsewhere set CLICKHOUSE_URL';
  return new AppError('unavailable', `the telemetry engine did not start (${how}): ${complaint || hint}`);
}

function describe(child: ChildProcess, { clock, logger }: LaunchOptions) {
  let complaint = '';
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      complaint ||= line;
      logger.warn({ line }, 'engine says');
    });
  }
  let gone = false;
  const exited = new Promise<ChildExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => resolve({ code: null, signal: error.message }));
  }).finally(() => {
    gone = true;
  });
  const kill = (): void => {
    if (!gone) child.kill('SIGKILL');
  };
  const terminate = async (): Promise<void> => {
    send(child, { kind: 'stop' });
    const settled = new AbortController();
    await Promise.race([exited, clock.sleep(STOP_LIMIT_MS, settled.signal)]);
    settled.abort();
  };
  const running: RunningChild = { pid: child.pid ?? 0, exited, terminate, kill };
  return { running, complaint: () => complaint };
}

function send(child: ChildProcess, message: ParentMessage): void {
  // A child that is gone already is reported by its exit.
  if (child.connected) child.send(message, () => {});
}
