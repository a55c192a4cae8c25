import { pino } from 'pino';
import type { RecordBatch } from '#core/sink.ts';
import { ManualClock } from '#work/manual-clock.ts';
import { ScrapeConfig } from '../config.ts';
import { createScraper, type Scraper } from '../scraper.ts';
import { RecordingSink } from './recording-sink.ts';

const START = 1_700_000_000_000;
const INTERVAL_MS = 5_000;

/** A scraper on a clock that stands still. */
export type RunningScraper = {
  readonly scraper: Scraper;
  readonly clock: ManualClock;
  readonly sink: RecordingSink;
  /** Lets one interval of 5 s pass and gives what the next write holds. */
  readonly round: () => Promise<RecordBatch>;
  /** What was logged. */
  readonly log: () => string;
};

/** Starts it with jobs as they stand in a configuration; their interval is 5 s unless they say another. */
export function startScraper(
  jobs: readonly object[],
  options: { dnsServers?: readonly string[] } = {},
): RunningScraper {
  const config = ScrapeConfig.parse({ global: { scrape_interval: '5s' }, scrape_configs: jobs });
  const clock = new ManualClock(START);
  const sink = new RecordingSink();
  let logged = '';
  const logger = pino({ level: 'debug' }, { write: (line: string) => void (logged += line) });
  const scraper = createScraper({ config, sink, clock, logger, ...options });
  scraper.start();
  return {
    ...{ scraper, clock, sink, log: () => logged },
    round: async () => {
      await clock.advance(INTERVAL_MS);
      return sink.next();
    },
  };
}
