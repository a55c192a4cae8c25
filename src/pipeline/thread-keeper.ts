import type { AggregationCounts } from '#core/api/ingest-rules.ts';
import type { LogParserCounts } from '#core/api/log-rule-api.ts';
import type { LogRules } from '#core/api/log-rules.ts';
import type { PartStatus } from '#core/api/status.ts';
import { AppError, messageOf } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { Accounts } from './accounts.ts';
import type { IngestConfig } from './config.ts';
import { IngestLink } from './ingest-link.ts';
import type { FromThread, ListenerState, ThreadData, ThreadRules } from './protocol.ts';

export type ThreadKeeperOptions = {
  readonly spoolDir: string;
  readonly config: IngestConfig;
  readonly inputs: ReadonlyMap<string, unknown>;
  readonly inputSettings: Readonly<Record<string, unknown>>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly workerFile?: URL;
  readonly onStorageFault?: (message: string) => void;
  readonly accounts: Accounts;
  readonly spoolBytes: () => number;
  readonly rules: () => ThreadRules;
  readonly logRules: () => LogRules;
  readonly onMessage: (message: FromThread) => void;
  readonly onUp: () => void;
  /** After the thread has died, before a new one starts. */
  readonly onDown: () => Promise<void>;
};

export type ThreadState = {
  readonly closed: string | undefined;
  readonly series: number;
  readonly aggregation: AggregationCounts;
  readonly logs: LogParserCounts;
  readonly listeners: readonly ListenerState[];
  readonly problems: readonly string[];
};

const WORKER = new URL('../server/ingest-worker.ts', import.meta.url);
const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5_000;
const HEALTHY_MS = 60_000;
const EXIT_STORAGE_FAULT = 70;
/** A thread that tells nothing for so many looks, a second apart, hangs; it tells its state twice a second. */
const MAX_SILENT_LOOKS = 10;
const LOOK_EVERY_MS = 1_000;
const NO_COUNTS: AggregationCounts = { inputs: 0, outputs: 0, samples: 0, written: 0, late: 0, overflow: 0 };
const IDLE: ThreadState = {
  ...{ closed: undefined, series: 0, aggregation: NO_COUNTS, listeners: [], problems: [] },
  logs: { formats: [], rules: [] },
};

/** Keeps the ingest thread running: a thread that throws is replaced, with back-off, and its sockets are reopened. */
export class ThreadKeeper {
  readonly #options: ThreadKeeperOptions;
  readonly #stopping = new AbortController();
  #link: IngestLink | undefined;
  /** The thread that was started last, also while it does not listen yet. */
  #newest: IngestLink | undefined;
  /** What follows the death of a thread. */
  #recovery: Promise<unknown> = Promise.resolve();
  #status: PartStatus = { state: 'off', detail: 'not started' };
  #backoffMs = FIRST_BACKOFF_MS;
  #upAt = 0;
  #silentLooks = 0;
  #watch: NodeJS.Timeout | undefined;
  state: ThreadState = IDLE;

  constructor(options: ThreadKeeperOptions) {
    this.#options = options;
  }

  /** The running thread; undefined while there is none. */
  get link(): IngestLink | undefined {
    return this.#link;
  }

  status(): PartStatus {
    return this.#status;
  }

  /** Resolves when the thread listens. Rejects with an AppError when it cannot. */
  async start(): Promise<void> {
    this.#status = { state: 'starting', detail: 'opening listeners' };
    this.#checkSettings();
    try {
      await this.#launch();
    } catch (error) {
      this.#status = { state: 'failed', detail: messageOf(error) };
      this.#stopping.abort();
      throw error;
    }
  }

  /** Ends the thread after it has written what it has, within the limit. */
  async stop(limitMs: number): Promise<void> {
    this.#stopping.abort();
    const link = this.#link;
    if (link !== undefined) {
      const over = new AbortController();
      await Promise.race([link.stop(), this.#options.clock.sleep(limitMs, over.signal)]);
      over.abort();
    }
    await this.#newest?.terminate();
    await this.#recovery;
    this.#status = { state: 'off', detail: 'stopped' };
  }

  #checkSettings(): void {
    const { inputs, inputSettings } = this.#options;
    for (const id of Object.keys(inputSettings)) {
      if (inputs.has(id)) continue;
      throw new AppError('bad_request', `there is no input "${id}": the inputs are ${[...inputs.keys()].join(', ')}`);
    }
  }

  async #launch(): Promise<void> {
    const link = new IngestLink(this.#options.workerFile ?? WORKER, this.#data(), {
      onMessage: (message) => this.#receive(message),
      onExit: (reason) => {
        this.#recovery = Promise.all([this.#recovery, this.#recover(link, reason)]);
      },
    });
    this.#newest = link;
    await link.started;
    if (this.#stopping.signal.aborted) return;
    this.#link = link;
    this.#upAt = this.#options.clock.monotonic();
    this.#status = { state: 'up', detail: 'listening' };
    this.#silentLooks = 0;
    this.#watch = setInterval(() => this.#look(link), LOOK_EVERY_MS);
    this.#options.onUp();
  }

  /** Looks are counted, not time: a pause of the whole machine must not cost the thread its life. */
  #look(link: IngestLink): void {
    this.#silentLooks += 1;
    if (this.#silentLooks !== MAX_SILENT_LOOKS) return;
    this.#options.logger.error('the ingest thread hangs, ending it');
    void link.terminate();
  }

  #data(): ThreadData {
    const { spoolDir, config, inputs, inputSettings, accounts, spoolBytes, rules, logRules } = this.#options;
    const settings = Object.fromEntries([...inputs.keys()].map((id) => [id, inputSettings[id] ?? {}]));
    const { ledger, slots } = accounts;
    return {
      spoolDirectory: spoolDir,
      config,
      inputs: settings,
      slots,
      ledger,
      spoolBytes: spoolBytes(),
      rules: rules(),
      logRules: logRules(),
    };
  }

  #receive(message: FromThread): void {
    this.#silentLooks = 0;
    if (message.kind === 'ready') this.state = { ...IDLE, listeners: message.listeners };
    else if (message.kind === 'state') this.state = message;
    else if (message.kind === 'fault') this.#fault(message.message);
    else if (message.kind === 'warning')
      this.#options.logger.warn({ reason: message.message }, 'the intake goes on without');
    this.#options.onMessage(message);
  }

  #fault(message: string): void {
    this.#options.logger.fatal({ reason: message }, 'storage fault: the disk did not keep what it was given');
    const end = this.#options.onStorageFault ?? (() => process.exit(EXIT_STORAGE_FAULT));
    end(message);
  }

  /** Called once per life of a thread, also for one that never came up. Never rejects. */
  async #recover(link: IngestLink, reason: string): Promise<void> {
    const { accounts, logger, onDown } = this.#options;
    const wasUp = this.#link === link;
    clearInterval(this.#watch);
    this.#link = undefined;
    this.state = IDLE;
    accounts.threadEnded();
    if (this.#stopping.signal.aborted || !wasUp) return;
    logger.error({ reason }, 'the ingest thread ended, restarting it');
    this.#status = { state: 'degraded', detail: `restarting the ingest thread: ${reason}` };
    await onDown().catch((error: unknown) => logger.error({ err: error }, 'the spool could not be listed'));
    await this.#relaunch();
  }

  async #relaunch(): Promise<void> {
    const { clock, logger } = this.#options;
    const { signal } = this.#stopping;
    if (clock.monotonic() - this.#upAt >= HEALTHY_MS) this.#backoffMs = FIRST_BACKOFF_MS;
    while (!signal.aborted) {
      await clock.sleep(this.#backoffMs, signal);
      this.#backoffMs = Math.min(MAX_BACKOFF_MS, this.#backoffMs * 2);
      if (signal.aborted) return;
      try {
        return await this.#launch();
      } catch (error) {
        this.#status = { state: 'degraded', detail: `restarting the ingest thread: ${messageOf(error)}` };
        logger.error({ err: error, nextTryMs: this.#backoffMs }, 'the ingest thread did not start, trying again');
      }
    }
  }
}
