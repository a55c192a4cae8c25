import type { Matcher } from '#core/metric-query/query.ts';
import { SharedFeed, type SharedFeedOptions } from './shared-feed.ts';

export type FeedPoolOptions = Omit<SharedFeedOptions, 'matchers'>;

/** Feeds by their matchers, kept while they have readers. */
export class FeedPool {
  readonly #feeds = new Map<string, SharedFeed>();
  readonly #options: FeedPoolOptions;

  constructor(options: FeedPoolOptions) {
    this.#options = options;
  }

  /** The feed of these matchers, new or shared. */
  acquire(matchers: readonly Matcher[]): SharedFeed {
    const key = JSON.stringify(matchers);
    const known = this.#feeds.get(key);
    if (known !== undefined) return known;
    const feed = new SharedFeed({ ...this.#options, matchers });
    this.#feeds.set(key, feed);
    return feed;
  }

  /** Ends the feed when nobody reads it any more. */
  release(matchers: readonly Matcher[]): void {
    const key = JSON.stringify(matchers);
    const feed = this.#feeds.get(key);
    if (feed === undefined || feed.readers > 0) return;
    this.#feeds.delete(key);
    feed.close();
  }

  close(): void {
    for (const feed of this.#feeds.values()) feed.close();
    this.#feeds.clear();
  }
}
