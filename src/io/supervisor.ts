import { messageOf } from '#core/errors.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './log.ts';

export type ChildExit = { readonly code: number | null; readonly signal: string | null };

/** A child process that serves already. */
export type RunningChild = {
  readonly pid: number;
  readonly exited: Promise<ChildExit>;
  /** Asks the child to end and waits for it, within a limit of its own. */
  readonly terminate: () => Promise<void>;
  /** SIGKILL, at once. */
  readonly kill: () => void;
};

export type SupervisedState = 'starting' | 'up' | 'restarting' | 'stopped' | 'failed';

export type Supervised = {
  readonly state: () => { state: SupervisedState; detail: string; pid: number; restarts: number };
  /** Resolves when the child is up; rejects when the first start fails (later ones are retried for ever). */
  readonly start: () => Promise<void>;
  /** Ends the child and the watch over it; resolves when the process is gone. */
  readonly stop: () => Promise<void>;
};

export type SuperviseOptions = {
  readonly name: string;
  /** Starts the child and resolves when it serves. Ends what it started when it rejects or the signal aborts. */
  readonly launch: (signal: AbortSignal) => Promise<RunningChild>;
  /** True when the child answered within `timeoutMs`. */
  readonly heartbeat: (timeoutMs: number) => Promise<boolean>;
  readonly heartbeatEveryMs?: number;
  /** Without an answer for this long, the child is killed and started anew. */
  readonly silenceMs?: number;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Called after each successful start. */
  readonly onUp?: () => void;
};

const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5000;
const HEALTHY_MS = 60_000;
/** Three heartbeats in a row: a pause of the whole machine alone must not cost the child its life. */
const MIN_MISSES = 3;

/** Keeps one child process running: restarts it with back-off when it exits and kills it when it is silent. */
export function supervise(options: SuperviseOptions): Supervised {
  const supervisor = new Supervisor(options);
  return { state: () => supervisor.state(), start: () => supervisor.start(), stop: () => supervisor.stop() };
}

class Supervisor {
  readonly #options: SuperviseOptions;
  #state: SupervisedState = 'stopped';
  #detail = 'not started';
  #restarts = 0;
  #backoffMs = FIRST_BACKOFF_MS;
  #child: RunningChild | undefined;
  #life = new AbortController();
  #loop: Promise<void> | undefined;
  #starting: Promise<void> | undefined;

  constructor(options: SuperviseOptions) {
    this.#options = options;
  }

  state(): ReturnType<Supervised['state']> {
    return { state: this.#state, detail: this.#detail, pid: this.#child?.pid ?? 0, restarts: this.#restarts };
  }

  start(): Promise<void> {
    this.#starting ??= this.#startFirst();
    return this.#starting;
  }

  async stop(): Promise<void> {
    this.#life.abort();
    await this.#starting?.catch(() => undefined);
    const child = this.#child;
    if (child !== undefined) {
      await child.terminate().catch((error: unknown) => this.#options.logger.warn({ err: error }, 'child did not end'));
      child.kill();
      await child.exited;
    }
    await this.#loop;
    this.#set('stopped', 'stopped');
    this.#starting = undefined;
    this.#loop = undefined;
    this.#life = new AbortController();
  }

  async #startFirst(): Promise<void> {
    this.#set('starting', 'starting');
    const life = this.#life;
    try {
      const child = await this.#launch(life.signal);
      this.#loop = this.#watchForEver(child, life.signal);
    } catch (error) {
      this.#set('failed', messageOf(error));
      this.#starting = undefined;
      throw error;
    }
  }

  async #launch(signal: AbortSignal): Promise<RunningChild> {
    const child = await this.#options.launch(signal);
    if (signal.aborted) {
      child.kill();
      await child.exited;
      throw new Error(`${this.#options.name} was stopped while it started`);
    }
    this.#child = child;
    this.#set('up', 'running');
    this.#options.onUp?.();
    return child;
  }

  async #watchForEver(first: RunningChild, stopped: AbortSignal): Promise<void> {
    let child: RunningChild | undefined = first;
    while (child !== undefined) {
      await this.#watch(child, stopped);
      this.#child = undefined;
      if (stopped.aborted) return;
      child = await this.#relaunch(stopped);
    }
  }

  /** Resolves when the child has exited. */
  async #watch(child: RunningChild, stopped: AbortSignal): Promise<void> {
    const { clock, logger, name } = this.#options;
    const upAt = clock.monotonic();
    const gone = new AbortController();
    const exited = child.exited.finally(() => gone.abort());
    await this.#beat(child, AbortSignal.any([gone.signal, stopped]));
    const exit = await exited;
    if (clock.monotonic() - upAt >= HEALTHY_MS) this.#backoffMs = FIRST_BACKOFF_MS;
    if (stopped.aborted) return;
    const reason = `exited with ${exit.signal === null ? `code ${exit.code}` : `signal ${exit.signal}`}`;
    this.#set('restarting', reason);
    logger.warn({ child: name, pid: child.pid, code: exit.code, signal: exit.signal }, 'child exited, restarting it');
  }

  async #beat(child: RunningChild, ended: AbortSignal): Promise<void> {
    const { clock, logger, name, heartbeatEveryMs = 1000, silenceMs = 7000 } = this.#options;
    const limitMs = Math.max(100, Math.ceil(silenceMs / MIN_MISSES) - heartbeatEveryMs);
    let answeredAt = clock.monotonic();
    let misses = 0;
    for (;;) {
      await clock.sleep(heartbeatEveryMs, ended);
      if (ended.aborted) return;
      const answered = await this.#answers(limitMs, ended);
      if (ended.aborted) return;
      misses = answered ? 0 : misses + 1;
      if (answered) answeredAt = clock.monotonic();
      if (misses < MIN_MISSES || clock.monotonic() - answeredAt < silenceMs) continue;
      logger.error({ child: name, pid: child.pid, silenceMs }, 'child is silent, killing it');
      return child.kill();
    }
  }

  /** A heartbeat that cannot outlast its limit or the child, whatever the caller's function does. */
  async #answers(timeoutMs: number, ended: AbortSignal): Promise<boolean> {
    const settled = new AbortController();
    const answer = this.#options
      .heartbeat(timeoutMs)
      .catch(() => false)
      .finally(() => settled.abort());
    await this.#options.clock.sleep(timeoutMs, AbortSignal.any([settled.signal, ended]));
    return settled.signal.aborted ? answer : false;
  }

  async #relaunch(stopped: AbortSignal): Promise<RunningChild | undefined> {
    const { clock, logger, name } = this.#options;
    for (;;) {
      await clock.sleep(this.#backoffMs, stopped);
      if (stopped.aborted) return undefined;
      this.#backoffMs = Math.min(MAX_BACKOFF_MS, this.#backoffMs * 2);
      this.#restarts += 1;
      try {
        return await this.#launch(stopped);
      } catch (error) {
        if (stopped.aborted) return undefined;
        this.#set('restarting', messageOf(error));
        logger.error({ child: name, err: error, nextTryMs: this.#backoffMs }, 'child did not start, trying again');
      }
    }
  }

  #set(state: SupervisedState, detail: string): void {
    this.#state = state;
    this.#detail = detail;
  }
}
