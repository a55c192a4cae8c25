import { attemptPart } from '#core/plugin/attempt-part.ts';
import type { CollectedValue, Collection, CollectionProblem } from '#core/plugin/collector.ts';
import type { AdobeConfig } from './config.ts';
import { parseReport, valuesOf } from './parse.ts';
import { dayOf, daysRequest, idOfDay, realtimeRequest } from './report-request.ts';
import type { AdobeSession } from './session.ts';

/** Adobe asks not to be asked more often. */
const DAYS_EVERY_MS = 1_800_000;
/** Figures that could not be read anew say nothing any more. */
const DAYS_LIFE_MS = 3 * DAYS_EVERY_MS;
const MS = 1_000;

type Days = { readonly values: readonly CollectedValue[]; readonly readAt: number };

/** Readings of one report suite: the last minutes each time, days every half an hour. */
export class AdobeReader {
  readonly #config: AdobeConfig;
  readonly #session: AdobeSession;
  #days: Days | undefined;
  /** Tried, be it with success or not. */
  #triedAt = Number.NEGATIVE_INFINITY;

  constructor(config: AdobeConfig, session: AdobeSession) {
    this.#config = config;
    this.#session = session;
  }

  async collect(now: number, signal: AbortSignal): Promise<Collection> {
    const problems: CollectionProblem[] = [];
    const isDue = now - this.#triedAt >= DAYS_EVERY_MS;
    if (isDue) {
      this.#triedAt = now;
      await attemptPart('days', problems, () => this.#readDays(now, signal, problems));
    }
    const recent: CollectedValue[] = [];
    for (const metric of this.#config.realtime) {
      await attemptPart(`${metric} of the last minutes`, problems, async () => {
        recent.push(...(await this.#realtime(metric, signal)));
      });
    }
    return { values: [...recent, ...this.#valuesOfDays(now)], problems };
  }

  /** Figures of days are restated for hours: both are read anew each time. */
  async #readDays(now: number, signal: AbortSignal, problems: CollectionProblem[]): Promise<void> {
    const { reportSuite, metrics, timezone } = this.#config;
    const text = await this.#session.report('reports', daysRequest(reportSuite, metrics, now, timezone), signal);
    const report = parseReport(text, metrics);
    problems.push(...report.problems);
    const windows = { today: idOfDay(dayOf(now, timezone, 0)), yesterday: idOfDay(dayOf(now, timezone, 1)) };
    const values = Object.entries(windows).flatMap(([window, id]) => {
      const bucket = report.buckets.find((one) => one.id === id);
      return bucket === undefined ? [] : valuesOf(bucket, reportSuite, window);
    });
    this.#days = { values, readAt: now };
  }

  #valuesOfDays(now: number): readonly CollectedValue[] {
    if (this.#days === undefined || now - this.#days.readAt >= DAYS_LIFE_MS) return [];
    const { values, readAt } = this.#days;
    const labels = { report_suite: this.#config.reportSuite };
    return [...values, { metric: 'web_analytics_data_age_seconds', labels, value: (now - readAt) / MS }];
  }

  async #realtime(metric: string, signal: AbortSignal): Promise<CollectedValue[]> {
    const { reportSuite } = this.#config;
    const text = await this.#session.report('reports/realtime', realtimeRequest(reportSuite, metric), signal);
    const last = parseReport(text, [metric]).buckets.at(-1);
    return last === undefined ? [] : valuesOf(last, reportSuite, '10m');
  }
}
