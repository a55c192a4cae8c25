import { setMaxListeners } from 'node:events';
import type { ActiveTarget, TargetHealth } from '#core/api/targets.ts';
import { messageOf } from '#core/errors.ts';
import type { Exposition } from '#core/exposition/exposition.ts';
import { acceptHeader, parseExposition } from '#core/exposition/parse-exposition.ts';
import type { RecordSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { Limiter } from '#work/limiter.ts';
import { cadenceOf, slots } from '#work/schedule.ts';
import type { HttpClient } from './http-client.ts';
import type { PlannedJob } from './plan.ts';
import { RecordColumns } from './record-columns.ts';
import { createReportSeries, type ReportSeries } from './report-series.ts';
import { type ScrapeCounts, SeriesTracker } from './series-tracker.ts';
import { globalUrl, type Target } from './target.ts';

/** What the loops of all targets share. */
export type LoopTools = {
  readonly client: HttpClient;
  readonly sink: RecordSink;
  readonly limiter: Limiter;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Why no target of the job may be scraped now; undefined when they may. */
  readonly refusal: () => string | undefined;
};

/** No body is read beyond this, whatever the job allows. */
const LARGEST_BODY_BYTES = 128 * 2 ** 20;
/** One account for all jobs: there may be more jobs than accounts. */
const SOURCE = 'scrape';
const NOTHING: ScrapeCounts = { scraped: 0, kept: 0, added: 0 };

/** Scrapes one target at its times and remembers how it went. */
export class TargetLoop {
  readonly #target: Target;
  readonly #plan: PlannedJob;
  readonly #tools: LoopTools;
  readonly #tracker: SeriesTracker;
  readonly #report: ReportSeries;
  readonly #headers: Readonly<Record<string, string>>;
  #health: TargetHealth = 'unknown';
  #lastError = '';
  #lastAt = 0;
  #lastDurationMs = 0;

  constructor(target: Target, plan: PlannedJob, tools: LoopTools) {
    this.#target = target;
    this.#plan = plan;
    this.#tools = tools;
    this.#tracker = new SeriesTracker(target.labels, plan);
    this.#report = createReportSeries(target.labels);
    this.#headers = {
      Accept: acceptHeader(plan.protocols),
      'User-Agent': 'NOCMATE-Rx',
      'X-Prometheus-Scrape-Timeout-Seconds': String(target.timeoutMs / 1_000),
      ...(plan.job.enable_compression ? { 'Accept-Encoding': 'gzip' } : {}),
    };
  }

  /** Scrapes until the signal aborts; one scrape ends before the next begins. */
  async work(signal: AbortSignal): Promise<void> {
    const { key, intervalMs } = this.#target;
    setMaxListeners(0, signal);
    for await (const { at } of slots(cadenceOf(key, intervalMs, 0), this.#tools.clock, signal)) {
      const leave = await this.#tools.limiter.acquire(signal);
      if (leave === undefined) return;
      try {
        await this.#scrape(at, signal);
      } finally {
        leave();
      }
    }
  }

  /** The target is gone: its series end. */
  async retire(): Promise<void> {
    if (this.#lastAt === 0) return;
    const columns = new RecordColumns();
    this.#tracker.endAll(columns);
    this.#report.end(columns);
    await this.#write(columns, Math.max(this.#tools.clock.now(), this.#lastAt + 1));
  }

  status(): ActiveTarget {
    const { discoveredLabels, labels, url, intervalMs, timeoutMs } = this.#target;
    return {
      ...{ discoveredLabels, labels, scrapePool: this.#plan.name, scrapeUrl: url, globalUrl: globalUrl(url) },
      ...{ health: this.#health, lastError: this.#lastError },
      ...{ lastScrapeAt: this.#lastAt, lastScrapeDurationMs: this.#lastDurationMs },
      ...{ scrapeIntervalMs: intervalMs, scrapeTimeoutMs: timeoutMs },
    };
  }

  async #scrape(at: number, signal: AbortSignal): Promise<void> {
    const started = this.#tools.clock.monotonic();
    let columns = new RecordColumns();
    let counts = NOTHING;
    let problem = '';
    try {
      counts = this.#tracker.take(await this.#fetch(signal), at, columns);
    } catch (error) {
      if (signal.aborted) return;
      problem = messageOf(error);
      columns = new RecordColumns();
      this.#tracker.endAll(columns);
    }
    const durationMs = this.#tools.clock.monotonic() - started;
    this.#report.append(columns, { at, isUp: problem === '', durationMs, counts });
    this.#remember(at, durationMs, problem);
    await this.#write(columns, at);
  }

  #remember(at: number, durationMs: number, problem: string): void {
    const health = problem === '' ? 'up' : 'down';
    const { url: target } = this.#target;
    if (health === 'down' && this.#health !== 'down') {
      this.#tools.logger.info({ job: this.#plan.name, target, problem }, 'a scrape failed');
    }
    this.#health = health;
    this.#lastError = problem;
    this.#lastAt = at;
    this.#lastDurationMs = durationMs;
  }

  async #fetch(stop: AbortSignal): Promise<Exposition> {
    const refusal = this.#tools.refusal();
    if (refusal !== undefined) throw new Error(refusal);
    const { client, clock } = this.#tools;
    const { url, timeoutMs } = this.#target;
    const run = new AbortController();
    const nap = new AbortController();
    const onStop = (): void => run.abort();
    stop.addEventListener('abort', onStop, { once: true });
    let isLate = false;
    void clock.sleep(timeoutMs, nap.signal).then(() => {
      isLate = !nap.signal.aborted;
      if (isLate) run.abort();
    });
    try {
      const maxBytes = Math.min(this.#plan.limits.body_size_limit || LARGEST_BODY_BYTES, LARGEST_BODY_BYTES);
      const answer = await client.get(url, { headers: this.#headers, signal: run.signal, maxBytes });
      if (answer.status !== 200) throw new Error(`server returned HTTP status ${answer.status} ${answer.statusText}`);
      const { strict, fallback_scrape_protocol: fallback } = this.#plan.job;
      return parseExposition(answer.body, answer.contentType, {
        ...{ strict, fallback, histograms: this.#plan.histograms },
        cache: this.#tracker.cache,
      });
    } catch (error) {
      throw isLate ? new Error(`no whole answer came within ${timeoutMs} ms (scrape_timeout)`) : error;
    } finally {
      nap.abort();
      stop.removeEventListener('abort', onStop);
    }
  }

  async #write(columns: RecordColumns, at: number): Promise<void> {
    const { logger, sink } = this.#tools;
    const { name: job } = this.#plan;
    try {
      const { rejectedTotal, rejected } = await sink.writeRecords(columns.batch(SOURCE, at));
      if (rejectedTotal > 0)
        logger.debug({ job, rejectedTotal, first: rejected[0] }, 'samples of a scrape were refused');
    } catch (error) {
      logger.warn({ job, target: this.#target.url, problem: messageOf(error) }, 'a scrape could not be stored');
    }
  }
}
