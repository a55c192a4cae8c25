import { AppError } from '#core/errors.ts';
import type { HistogramReading } from '#core/exposition/exposition.ts';
import type { ScrapeProtocol } from '#core/exposition/parse-exposition.ts';
import type { ScrapeConfig, ScrapeGlobal, ScrapeJob } from './config.ts';
import { readPrometheusFile } from './prometheus-file.ts';
import { createRelabel, type Relabel } from './relabel.ts';

const DEFAULT_TIMEOUT_MS = 10_000;
const SHORTEST_INTERVAL_MS = 100;
const TEXT_PROTOCOLS: readonly ScrapeProtocol[] = [
  'OpenMetricsText1.0.0',
  'OpenMetricsText0.0.1',
  'PrometheusText1.0.0',
  'PrometheusText0.0.4',
];

/** Limits of a job; 0 = none. */
export type ScrapeLimits = Pick<
  ScrapeJob,
  | 'body_size_limit'
  | 'sample_limit'
  | 'label_limit'
  | 'label_name_length_limit'
  | 'label_value_length_limit'
  | 'target_limit'
>;

/** A job with everything that the global settings say. */
export type PlannedJob = {
  readonly job: ScrapeJob;
  readonly name: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly protocols: readonly ScrapeProtocol[];
  readonly limits: ScrapeLimits;
  readonly histograms: HistogramReading;
  /** Of targets. */
  readonly relabel: Relabel;
  /** Of series. */
  readonly relabelSeries: Relabel;
};

/** All jobs of the section and of the Prometheus files that it names. Throws `bad_request` that names job and problem. */
export function planScrape(config: ScrapeConfig): readonly PlannedJob[] {
  const parts = [config, ...config.files.map(readPrometheusFile)];
  const jobs = parts.flatMap(({ global, scrape_configs }) => scrape_configs.map((job) => planJob(job, global)));
  const names = new Set<string>();
  for (const { name } of jobs) {
    if (names.has(name)) throw new AppError('bad_request', `scrape: there are two jobs named "${name}"; rename one`);
    names.add(name);
  }
  return jobs;
}

function planJob(job: ScrapeJob, global: ScrapeGlobal): PlannedJob {
  const name = job.job_name;
  const intervalMs = job.scrape_interval ?? global.scrape_interval;
  const timeoutMs = job.scrape_timeout ?? Math.min(global.scrape_timeout ?? DEFAULT_TIMEOUT_MS, intervalMs);
  if (intervalMs < SHORTEST_INTERVAL_MS)
    throw problem(name, `scrape_interval must be at least ${SHORTEST_INTERVAL_MS}ms`);
  if (timeoutMs < 1 || timeoutMs > intervalMs)
    throw problem(name, 'scrape_timeout must be above 0 and not above scrape_interval');
  const isNative = job.scrape_native_histograms ?? global.scrape_native_histograms;
  const isClassicToo = job.always_scrape_classic_histograms || job.scrape_classic_histograms === true;
  const standard = isNative ? (['PrometheusProto', ...TEXT_PROTOCOLS] as const) : TEXT_PROTOCOLS;
  const protocols = job.scrape_protocols ?? global.scrape_protocols ?? standard;
  return {
    ...{ job, name, intervalMs, timeoutMs, protocols, limits: limitsOf(job, global) },
    histograms: isNative ? (isClassicToo ? 'both' : 'native') : 'classic',
    relabel: createRelabel(job.relabel_configs),
    relabelSeries: createRelabel(job.metric_relabel_configs),
  };
}

function problem(name: string, what: string): AppError {
  return new AppError('bad_request', `scrape: job "${name}": ${what}`);
}

function limitsOf(job: ScrapeJob, global: ScrapeGlobal): ScrapeLimits {
  const either = (limit: keyof ScrapeLimits): number => job[limit] || global[limit];
  return {
    body_size_limit: either('body_size_limit'),
    sample_limit: either('sample_limit'),
    label_limit: either('label_limit'),
    label_name_length_limit: either('label_name_length_limit'),
    label_value_length_limit: either('label_value_length_limit'),
    target_limit: either('target_limit'),
  };
}
