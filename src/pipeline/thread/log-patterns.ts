import { type KnownPattern, MIN_REGULAR_LINES, type PatternOrders } from '#core/api/log-patterns.ts';
import type { GonePatterns } from '#core/log-pattern-intake.ts';
import { textOfKey } from '#core/model/key-bytes.ts';
import type { Pattern } from '#pipeline/patterns/pattern.ts';
import { patternFileOf, readPatterns, writePatterns } from '#pipeline/patterns/pattern-file.ts';
import { PatternMiner } from '#pipeline/patterns/pattern-miner.ts';
import { PatternSeries } from '#pipeline/patterns/pattern-series.ts';
import type { FromThread, ToThread } from '#pipeline/protocol.ts';
import type { Listeners } from './listeners.ts';

/** The name under which the series of patterns stand in the accounts. */
export const PATTERNS_INPUT = 'log-patterns';

const LOOK_EVERY_MS = 1_000;
const SERIES_EVERY_MS = 10_000;
/** New patterns are written down soon, counts now and then; a long list less often. */
const WRITE_CHANGES_MS = 5_000;
const WRITE_COUNTS_MS = 60_000;
const MANY_PATTERNS = 2_000;

type Options = {
  readonly spoolDirectory: string;
  readonly post: (message: FromThread) => void;
  readonly monotonic: () => number;
};

/** The patterns of log lines in the ingest thread: finds them, keeps them over restarts, tells of them. */
export class LogPatterns {
  readonly miner = new PatternMiner();
  readonly #options: Options;
  readonly #path: string;
  readonly #series = new PatternSeries(this.miner);
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isWriting = false;
  #writtenAt = 0;
  /** What of the miner's changes was written down, and told. */
  #written = 0;
  #told = -1;

  constructor(options: Options) {
    this.#options = options;
    this.#path = patternFileOf(options.spoolDirectory);
  }

  /** Reads what an earlier process knew; to be called before the first line. */
  async start(): Promise<void> {
    await readPatterns(this.#path, this.miner);
    this.#writtenAt = this.#options.monotonic();
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  writeSeries(listeners: Listeners, slot: number): void {
    listeners.flushEvery({
      ...{ slot, intervalMs: SERIES_EVERY_MS },
      flush: (writer, at) => {
        writer.spelling = textOfKey;
        this.#series.write((key, value) => writer.sample(key, 0, key.length, at, value));
      },
    });
  }

  /** Takes what users want, or answers what is known; what has become a part of others is told before. */
  handle(message: Extract<ToThread, { kind: 'pattern-orders' | 'patterns' }>): void {
    if (message.kind === 'pattern-orders') return this.#setOrders(message.orders);
    const { ticket, ids, gone } = message;
    this.#options.post({ kind: 'known-patterns', ticket, patterns: this.#known([...ids, ...this.#gone(gone)]) });
  }

  /** Regular patterns that came last within the time. */
  #gone(gone: GonePatterns | undefined): string[] {
    if (gone === undefined) return [];
    const { after, before } = gone;
    const services = gone.services && new Set(gone.services);
    const isGone = ({ count, last, service }: Pattern): boolean =>
      count >= MIN_REGULAR_LINES && last >= after && last < before && (services === undefined || services.has(service));
    return [...this.miner.live].filter(isGone).map(({ id }) => id);
  }

  /** Ids that are none are left out. */
  #known(ids: readonly string[]): KnownPattern[] {
    this.#tell();
    const current = new Set(ids.map((id) => this.miner.currentId(id)));
    return [...current].flatMap((id) => {
      const found = this.miner.known(id);
      return found === undefined ? [] : [{ ...found, hasSeries: this.#series.has(id) }];
    });
  }

  #setOrders(orders: PatternOrders): void {
    this.miner.orders = orders;
    this.miner.changes += 1;
    this.#look();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
    await writePatterns(this.#path, this.miner).catch((error: unknown) => this.#warn(error));
  }

  #look(): void {
    const { miner } = this;
    this.#tell();
    const waited = this.#options.monotonic() - this.#writtenAt;
    const isSoon = this.#written !== miner.changes && miner.size < MANY_PATTERNS;
    if (!this.#isWriting && waited >= (isSoon ? WRITE_CHANGES_MS : WRITE_COUNTS_MS)) this.#write();
  }

  #tell(): void {
    const { miner } = this;
    if (this.#told === miner.changes) return;
    this.#told = miner.changes;
    this.#options.post({
      kind: 'pattern-aliases',
      aliases: [...miner.aliases.keys()].map((id) => [id, miner.currentId(id)]),
    });
  }

  #write(): void {
    this.#written = this.miner.changes;
    this.#isWriting = true;
    this.#writing = writePatterns(this.#path, this.miner)
      .catch((error: unknown) => this.#warn(error))
      .finally(() => {
        this.#isWriting = false;
        this.#writtenAt = this.#options.monotonic();
      });
  }

  /** They are written again later; what is lost by a crash until then are counts. */
  #warn(error: unknown): void {
    this.#options.post({ kind: 'warning', message: `the patterns of logs cannot be written down: ${String(error)}` });
  }
}
