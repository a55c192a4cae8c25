import type { LiveSeries, SnapshotHeader } from '#core/api/live.ts';
import type { LiveClient, LiveHandler, LiveSubscription } from './live-client.ts';
import { SampleRing } from './ring.ts';

export type FeedState = 'loading' | 'live' | 'error';

/** What happened to a feed: a reader that keeps derived values starts anew at `reset` and reads on at `append`. */
export type FeedListener = {
  readonly onReset: () => void;
  readonly onAppend: (index: Uint32Array, t: Float64Array, v: Float64Array) => void;
  readonly onChange: () => void;
};

/** A sample every second is the densest that is shown; more within one subscription's span are dropped from the end. */
const SAMPLES_PER_MS = 1 / 1000;
const MIN_SAMPLES = 600;
/** A slow viewer must not be made slower by asking for snapshots all the time. */
const REFILL_MS = 5_000;

/** The raw samples of one live subscription, outside React: one ring a series. */
export class LiveFeed {
  series: readonly LiveSeries[] = [];
  rings: SampleRing[] = [];
  state: FeedState = 'loading';
  error: { readonly code: string; readonly message: string } | undefined;
  /** Time of the newest sample, ms; -Infinity before the first. */
  lastT = Number.NEGATIVE_INFINITY;
  /** Time of the oldest sample that came, ms, kept or not; Infinity before the first. */
  firstT = Number.POSITIVE_INFINITY;
  /** Samples that were not delivered in time and are being fetched again. */
  gap: { readonly from: number; readonly to: number } | undefined;
  readonly request: LiveSubscription;
  readonly #client: LiveClient;
  readonly #listeners = new Set<FeedListener>();
  #epoch = -1;
  #end: (() => void) | undefined;
  #refillTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: LiveClient, request: LiveSubscription) {
    this.#client = client;
    this.request = request;
  }

  open(): void {
    this.#end ??= this.#client.subscribe(this.request, this.#handler);
  }

  close(): void {
    this.#end?.();
    this.#end = undefined;
    clearTimeout(this.#refillTimer);
    this.#refillTimer = undefined;
  }

  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  readonly #handler: LiveHandler = {
    onSnapshot: (header, t, v) => this.#replace(header, t, v),
    onTick: (index, t, v, epoch) => {
      if (epoch === this.#epoch) this.#append(index, t, v);
    },
    onGap: (from, to) => {
      this.gap = { from: Math.min(from, this.gap?.from ?? from), to: Math.max(to, this.gap?.to ?? to) };
      this.#refillTimer ??= setTimeout(() => this.#refill(), REFILL_MS);
      this.#changed();
    },
    onError: (code, message) => {
      this.state = 'error';
      this.error = { code, message };
      this.#changed();
    },
  };

  /** A new snapshot comes from the store and holds what was missed. */
  #refill(): void {
    this.#refillTimer = undefined;
    if (this.#end === undefined) return;
    this.#end();
    this.#end = this.#client.subscribe(this.request, this.#handler);
  }

  #replace(header: SnapshotHeader, t: Float64Array, v: Float64Array): void {
    const limit = Math.max(MIN_SAMPLES, Math.ceil(this.request.historyMs * SAMPLES_PER_MS) * 2);
    let offset = 0;
    this.#epoch = header.epoch;
    this.series = header.series;
    this.lastT = Number.NEGATIVE_INFINITY;
    this.firstT = Number.POSITIVE_INFINITY;
    this.rings = header.counts.map((count) => {
      const ring = new SampleRing(limit);
      ring.fill(t.subarray(offset, offset + count), v.subarray(offset, offset + count));
      offset += count;
      if (ring.lastT > this.lastT) this.lastT = ring.lastT;
      this.firstT = Math.min(this.firstT, ring.t[0] ?? this.firstT);
      return ring;
    });
    this.state = 'live';
    this.error = undefined;
    this.gap = undefined;
    for (const listener of this.#listeners) listener.onReset();
  }

  #append(index: Uint32Array, t: Float64Array, v: Float64Array): void {
    for (let i = 0; i < index.length; i++) {
      const time = t[i] as number;
      this.rings[index[i] as number]?.push(time, v[i] as number);
      if (time > this.lastT) this.lastT = time;
      if (time < this.firstT) this.firstT = time;
    }
    const oldest = this.lastT - this.request.historyMs;
    for (const ring of this.rings) ring.dropBefore(oldest);
    for (const listener of this.#listeners) listener.onAppend(index, t, v);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener.onChange();
  }
}
