import type { LiveSeries } from '#core/api/live.ts';
import type { TapBatch } from '#core/live-tap.ts';
import type { Clock } from '#io/clock.ts';
import type { RawSeries, SeriesRef } from '#query/metrics/series-source.ts';
import { SharedAnswer } from './shared-answer.ts';
import { type SnapshotColumns, snapshotColumns } from './snapshot.ts';

/** Stored samples of these series since `fromMs`, thinned to at most `maxPoints` a series. */
export type LiveHistory = (
  refs: readonly SeriesRef[],
  options: { readonly fromMs: number; readonly maxPoints: number },
) => Promise<readonly RawSeries[]>;

/** The feed that snapshots are made of. */
export type SnapshotFeed = {
  readonly epoch: number;
  readonly refs: readonly SeriesRef[];
  readonly recent: () => Promise<TapBatch>;
};

/** How much of the past a viewer wants. */
export type SnapshotWish = { readonly historyMs: number; readonly maxPoints: number };

export type Snapshot = SnapshotColumns & { readonly epoch: number; readonly series: readonly LiveSeries[] };

/** The snapshots of one feed: viewers who want the same at the same time share one. */
export class FeedSnapshots {
  readonly #feed: SnapshotFeed;
  readonly #history: LiveHistory;
  readonly #clock: Clock;
  readonly #answers = new Map<string, SharedAnswer<Snapshot>>();

  constructor(feed: SnapshotFeed, history: LiveHistory, clock: Clock) {
    this.#feed = feed;
    this.#history = history;
    this.#clock = clock;
  }

  /** Begun after this call. Throws what the store throws. */
  take(wish: SnapshotWish): Promise<Snapshot> {
    const key = `${wish.historyMs} ${wish.maxPoints}`;
    const known = this.#answers.get(key);
    if (known !== undefined) return known.get();
    const answer = new SharedAnswer(() => this.#make(wish));
    this.#answers.set(key, answer);
    return answer.get();
  }

  async #make({ historyMs, maxPoints }: SnapshotWish): Promise<Snapshot> {
    const { epoch, refs: watched } = this.#feed;
    const refs = [...watched];
    const series = refs.map(({ id, labels }) => ({ sid: id.toString(), labels }));
    const fromMs = this.#clock.now() - historyMs;
    const stored = historyMs === 0 ? [] : this.#stored(refs, { fromMs, maxPoints });
    const [past, recent] = await Promise.all([stored, this.#feed.recent()]);
    const inOrder = refs.map((_, i) => past[i]);
    return { epoch, series, ...snapshotColumns(inOrder, recent, { fromMs, spanMs: historyMs, maxPoints }) };
  }

  async #stored(
    refs: readonly SeriesRef[],
    options: { fromMs: number; maxPoints: number },
  ): Promise<(RawSeries | undefined)[]> {
    if (refs.length === 0) return [];
    const found = new Map((await this.#history(refs, options)).map((raw) => [raw.series.id, raw]));
    return refs.map(({ id }) => found.get(id));
  }
}
