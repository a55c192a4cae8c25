import type { LiveTap, TapBatch, TapSeries } from '#core/live-tap.ts';
import { compileMatchers } from '#core/metric-query/compile-matchers.ts';
import type { Matcher } from '#core/metric-query/query.ts';
import type { Clock } from '#io/clock.ts';
import type { SeriesCatalogue, SeriesRef } from '#query/metrics/series-source.ts';
import { FeedSnapshots, type LiveHistory, type Snapshot, type SnapshotWish } from './feed-snapshots.ts';
import { SharedAnswer } from './shared-answer.ts';

/** A viewer of a feed. */
export type FeedReader = {
  readonly onBatch: (batch: TapBatch, epoch: number) => void;
  /** The series set changed: a new snapshot is due. */
  readonly onChange: () => void;
};

export type SharedFeedOptions = {
  readonly matchers: readonly Matcher[];
  readonly catalogue: SeriesCatalogue;
  readonly tap: LiveTap;
  readonly history: LiveHistory;
  readonly clock: Clock;
};

/** Series of one subscription at most; a panel with more belongs in a query. */
const MAX_SERIES = 2_000;
/** New series come in bursts: one new snapshot for all of them. */
const GROW_DELAY_MS = 300;
/** Series that the intake saw before this feed and the store had not yet: they are looked for again. */
const LOOK_AGAIN_MS = [2_000, 10_000, 60_000];

/** The live samples of one set of matchers, shared by all who watch it. */
export class SharedFeed {
  readonly #options: SharedFeedOptions;
  readonly #matches: (series: TapSeries) => boolean;
  readonly #readers = new Set<FeedReader>();
  readonly #known = new Set<bigint>();
  #series: SeriesRef[] = [];
  #epoch = 0;
  #started: Promise<void> | undefined;
  #endWatch: (() => void) | undefined;
  #endNotices: (() => void) | undefined;
  #growTimer: ReturnType<typeof setTimeout> | undefined;
  #lookTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  readonly #recent = new SharedAnswer(() => this.#askRecent());
  readonly #snapshots: FeedSnapshots;

  constructor(options: SharedFeedOptions) {
    this.#options = options;
    const test = compileMatchers(options.matchers);
    this.#matches = ({ labels }) => test(labels);
    this.#snapshots = new FeedSnapshots(this, options.history, options.clock);
  }

  get epoch(): number {
    return this.#epoch;
  }

  get refs(): readonly SeriesRef[] {
    return this.#series;
  }

  get readers(): number {
    return this.#readers.size;
  }

  /** Resolves when the feed watches what the catalogue knows. Throws what the catalogue throws. */
  open(): Promise<void> {
    this.#started ??= this.#start().catch((error: unknown) => {
      this.#started = undefined;
      throw error;
    });
    return this.#started;
  }

  add(reader: FeedReader): void {
    this.#readers.add(reader);
  }

  remove(reader: FeedReader): void {
    this.#readers.delete(reader);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#growTimer);
    clearTimeout(this.#lookTimer);
    this.#endNotices?.();
    this.#endWatch?.();
  }

  /** Samples of this feed that may not be stored yet, asked for after this call. */
  recent(): Promise<TapBatch> {
    return this.#recent.get();
  }

  /** The past as a viewer wants it, begun after this call. Throws what the store throws. */
  snapshot(wish: SnapshotWish): Promise<Snapshot> {
    return this.#snapshots.take(wish);
  }

  async #askRecent(): Promise<TapBatch> {
    const watch = this.#options.tap.watch(this.#ids(), () => undefined);
    try {
      return await watch.recent;
    } finally {
      watch.close();
    }
  }

  async #start(): Promise<void> {
    // Notices first: a series that appears while the catalogue answers must not be missed.
    this.#endNotices ??= this.#options.tap.onNewSeries((series) => this.#notice(series));
    this.#take(await this.#select());
    this.#rewatch();
    this.#lookAgain(0);
  }

  #select(): Promise<readonly SeriesRef[]> {
    return this.#options.catalogue.select(this.#options.matchers, { limit: MAX_SERIES });
  }

  /** While the store is away, what waits for it is unknown: the same look is repeated. */
  #lookAgain(look: number): void {
    const delayMs = LOOK_AGAIN_MS[look];
    if (delayMs === undefined || this.#closed) return;
    const again = async (): Promise<void> => {
      const next = await this.#select().then(
        (found) => {
          this.#add(found);
          return look + 1;
        },
        () => look,
      );
      this.#lookAgain(next);
    };
    this.#lookTimer = setTimeout(() => void again(), delayMs).unref();
  }

  #notice(series: readonly TapSeries[]): void {
    this.#add(series.filter((one) => this.#matches(one)));
  }

  #add(series: readonly SeriesRef[]): void {
    const fresh = series.filter((one) => !this.#known.has(one.id));
    if (fresh.length === 0 || this.#closed) return;
    this.#take(fresh.slice(0, MAX_SERIES - this.#series.length));
    this.#growTimer ??= setTimeout(() => this.#grow(), GROW_DELAY_MS);
  }

  #take(refs: readonly SeriesRef[]): void {
    for (const ref of refs) {
      if (this.#known.has(ref.id)) continue;
      this.#known.add(ref.id);
      this.#series.push(ref);
    }
  }

  #grow(): void {
    this.#growTimer = undefined;
    if (this.#closed) return;
    this.#rewatch();
    for (const reader of this.#readers) reader.onChange();
  }

  #rewatch(): void {
    if (this.#closed) return;
    this.#epoch += 1;
    const epoch = this.#epoch;
    const watch = this.#options.tap.watch(this.#ids(), (batch) => {
      if (epoch !== this.#epoch) return;
      for (const reader of this.#readers) reader.onBatch(batch, epoch);
    });
    // Nobody waits for what was received before: each snapshot asks for it anew.
    watch.recent.catch(() => undefined);
    this.#endWatch?.();
    this.#endWatch = watch.close;
  }

  #ids(): bigint[] {
    return this.#series.map(({ id }) => id);
  }
}
