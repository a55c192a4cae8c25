import type { TargetsProvider } from '#core/api/targets.ts';
import type { RecordSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import { createLimiter } from '#work/limiter.ts';
import type { ScrapeConfig } from './config.ts';
import { planScrape } from './plan.ts';
import { ScrapePool } from './scrape-pool.ts';

export type ScraperOptions = {
  readonly config: ScrapeConfig;
  readonly sink: RecordSink;
  readonly clock: Clock;
  readonly logger: Logger;
  /** DNS servers (`ip:port`) in place of the system's. */
  readonly dnsServers?: readonly string[];
};

/** Scrapes all targets of all jobs, as Prometheus would. */
export type Scraper = TargetsProvider & {
  readonly start: () => void;
  /** Gives up what is under way; resolves when all is at rest. No series is ended: the next start goes on with them. */
  readonly stop: () => Promise<void>;
};

/** Scrapes under way at once, over all jobs. */
const MOST_AT_ONCE = 200;

/** Checks the config (see {@link planScrape} for what it throws) and prepares the jobs; `start` sets them going. */
export function createScraper({ config, ...tools }: ScraperOptions): Scraper {
  const limiter = createLimiter(MOST_AT_ONCE);
  const pools = planScrape(config).map((plan) => new ScrapePool(plan, { ...tools, limiter }));
  const stopping = new AbortController();
  const report = (error: unknown): void => tools.logger.error({ error }, 'a scrape job has ended');
  let work: Promise<unknown> = Promise.resolve();
  return {
    start: () => {
      work = Promise.all(pools.map((pool) => pool.work(stopping.signal).catch(report)));
    },
    stop: async () => {
      stopping.abort();
      await work;
    },
    targets: () => ({
      active: pools.flatMap((pool) => pool.active()),
      dropped: pools.flatMap((pool) => pool.dropped()),
    }),
  };
}
