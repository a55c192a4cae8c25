import type { LiveRequest } from '#core/api/live.ts';
import { AppError, messageOf } from '#core/errors.ts';
import type { TapBatch } from '#core/live-tap.ts';
import type { Clock } from '#io/clock.ts';
import type { FeedReader, SharedFeed } from './shared-feed.ts';
import type { Viewer } from './viewer.ts';

export type SubscriptionOptions = {
  readonly request: Extract<LiveRequest, { type: 'sub' }>;
  readonly viewer: Viewer;
  readonly feed: SharedFeed;
  readonly clock: Clock;
};

const DEFAULT_POINTS = 1_000;
const RETRY_MS = 1_000;
/** Ticks kept while a snapshot is made; what does not fit is in the store by the next one. */
const MAX_WAITING = 200;

/** One `sub` of one viewer: a snapshot, then the ticks that follow it, anew whenever the series set changes. */
export class ViewerSubscription implements FeedReader {
  readonly #options: SubscriptionOptions;
  /** Ticks since the snapshot in the making was begun; undefined while ticks go straight on. */
  #waiting: TapBatch[] | undefined = [];
  readonly #life = new AbortController();

  constructor(options: SubscriptionOptions) {
    this.#options = options;
  }

  /** Sends the first snapshot when the feed is open. */
  async start(): Promise<void> {
    this.#options.feed.add(this);
    await this.#untilDone(() => this.#options.feed.open());
    await this.#renew();
  }

  close(): void {
    this.#life.abort();
    this.#options.feed.remove(this);
    this.#options.viewer.forget(this.#options.request.id);
  }

  onBatch(batch: TapBatch, epoch: number): void {
    if (this.#waiting === undefined) this.#options.viewer.tick(this.#options.request.id, epoch, batch);
    else if (this.#waiting.length < MAX_WAITING) this.#waiting.push(batch);
  }

  onChange(): void {
    void this.#renew();
  }

  async #renew(): Promise<void> {
    this.#waiting = [];
    await this.#untilDone(() => this.#sendSnapshot());
  }

  /** Tells errors; while the store is away it tries again until the subscription ends. */
  async #untilDone(attempt: () => Promise<void>): Promise<void> {
    const { signal } = this.#life;
    while (!signal.aborted) {
      try {
        return await attempt();
      } catch (error) {
        this.#tellError(error);
        if (!(error instanceof AppError) || !error.retryable) return this.close();
        await this.#options.clock.sleep(RETRY_MS, signal);
      }
    }
  }

  async #sendSnapshot(): Promise<void> {
    const { feed, request, viewer } = this.#options;
    const wish = { historyMs: request.historyMs, maxPoints: request.maxPoints ?? DEFAULT_POINTS };
    const { epoch, series, counts, t, v } = await feed.snapshot(wish);
    // A newer epoch has asked for a snapshot of its own.
    if (this.#life.signal.aborted || epoch !== feed.epoch) return;
    viewer.snapshot({ id: request.id, epoch, series, counts }, t, v);
    for (const batch of this.#waiting ?? []) viewer.tick(request.id, epoch, batch);
    this.#waiting = undefined;
  }

  #tellError(error: unknown): void {
    if (this.#life.signal.aborted) return;
    const code = error instanceof AppError ? error.code : 'internal';
    this.#options.viewer.control({ type: 'error', id: this.#options.request.id, code, message: messageOf(error) });
  }
}
