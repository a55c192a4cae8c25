import type { Matcher } from '#core/metric-query/query.ts';
import type { LiveClient } from './live-client.ts';
import { LiveFeed } from './live-feed.ts';

/** A feed outlives its last reader by this, so that changing a page and coming back costs no snapshot. */
const LINGER_MS = 3_000;

type Held = { readonly feed: LiveFeed; readers: number; timer: ReturnType<typeof setTimeout> | undefined };

/** All live feeds of the tab. Panels that want the same series and span share one subscription. */
export class LiveStore {
  readonly client: LiveClient;
  readonly #held = new Map<string, Held>();

  constructor(client: LiveClient) {
    this.client = client;
  }

  /** Takes a share in the feed of these matchers; `release` gives it back. */
  acquire(matchers: readonly Matcher[], historyMs: number): { readonly feed: LiveFeed; readonly release: () => void } {
    const key = JSON.stringify([matchers, historyMs]);
    const held = this.#held.get(key) ?? this.#open(key, matchers, historyMs);
    held.readers++;
    clearTimeout(held.timer);
    let released = false;
    return {
      feed: held.feed,
      release: () => {
        if (released) return;
        released = true;
        held.readers--;
        if (held.readers === 0) held.timer = setTimeout(() => this.#close(key), LINGER_MS);
      },
    };
  }

  /** Time of the newest sample of any feed in use, ms; undefined when nothing is watched. */
  lastSampleAt(): number | undefined {
    let last: number | undefined;
    for (const { feed, readers } of this.#held.values()) {
      if (readers > 0 && Number.isFinite(feed.lastT) && (last === undefined || feed.lastT > last)) last = feed.lastT;
    }
    return last;
  }

  /** Time of the oldest sample of any feed in use, ms; undefined when there is none. */
  firstSampleAt(): number | undefined {
    let first = Number.POSITIVE_INFINITY;
    for (const { feed, readers } of this.#held.values()) if (readers > 0) first = Math.min(first, feed.firstT);
    return Number.isFinite(first) ? first : undefined;
  }

  #open(key: string, matchers: readonly Matcher[], historyMs: number): Held {
    const feed = new LiveFeed(this.client, { matchers: [...matchers], historyMs, maxPoints: 3_600 });
    const held: Held = { feed, readers: 0, timer: undefined };
    this.#held.set(key, held);
    feed.open();
    return held;
  }

  #close(key: string): void {
    this.#held.get(key)?.feed.close();
    this.#held.delete(key);
  }
}
