import type { Labels } from '../model/labels.ts';

/** `unknown` until the first scrape. */
export type TargetHealth = 'up' | 'down' | 'unknown';

/** A target that is scraped. Times in ms since the epoch (0 before the first scrape), durations in ms. */
export type ActiveTarget = {
  /** As found by discovery, before relabelling (`__address__`, `__meta_…`). */
  readonly discoveredLabels: Labels;
  /** On every series of the target: `job`, `instance`, …. */
  readonly labels: Labels;
  /** The job's name. */
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  /** The URL with this machine's name in the place of a loopback address. */
  readonly globalUrl: string;
  readonly health: TargetHealth;
  /** Empty when the last scrape was good. */
  readonly lastError: string;
  readonly lastScrapeAt: number;
  readonly lastScrapeDurationMs: number;
  readonly scrapeIntervalMs: number;
  readonly scrapeTimeoutMs: number;
};

/** A target that relabelling dropped. */
export type DroppedTarget = { readonly discoveredLabels: Labels; readonly scrapePool: string };

/** What is scraped now: for `/api/v1/targets`. */
export type TargetsProvider = {
  readonly targets: () => { readonly active: readonly ActiveTarget[]; readonly dropped: readonly DroppedTarget[] };
};
