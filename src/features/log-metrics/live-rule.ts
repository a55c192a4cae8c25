import type { LogMetricStatus } from '#core/log-metrics/log-metrics-api.ts';
import { type LogMetricRule, seriesNames } from '#core/log-metrics/rule.ts';
import type { MetricMetadata } from '#core/model/metric-metadata.ts';
import type { TimeSpan } from '#core/model/time-span.ts';
import type { Arrived } from './arrivals.ts';
import { LabelSets } from './label-sets.ts';
import type { Progress } from './progress.ts';

/** Windows that are corrected when lines come late; those of older ones are not counted. */
export const MAX_LATE_WINDOWS = 60;
const MAX_WINDOWS = 120;
const MAX_ROWS = 20_000;
const FIRST_RETRY_MS = 5_000;
const LAST_RETRY_MS = 60_000;
const NOT_YET = { lastAt: 0, durationMs: 0, rowsRead: 0, evaluations: 0, refused: 0, failures: 0 } as const;

/** What an evaluation of a rule did. */
export type Outcome = {
  readonly at: number;
  readonly ms: number;
  readonly rowsRead: number;
  readonly refused: number;
  readonly error: string;
};

/** How many windows one statement evaluates: the answer stays small enough to be read at once. */
export function windowsAtOnce(limit: number): number {
  return Math.max(1, Math.min(MAX_WINDOWS, Math.floor(MAX_ROWS / limit)));
}

/** What makes other series of the same lines. */
export function definitionOf({ query, field, functions, labels, unit, stepMs, limit }: LogMetricRule): string {
  return JSON.stringify({ query, field, functions, labels, unit, stepMs, limit });
}

/** A rule that is evaluated: how far it is, and what has to be done over. */
export class LiveRule {
  readonly rule: LogMetricRule;
  /** Windows that end in (since, until] were written by this rule. */
  since: number;
  until: number;
  sets: LabelSets;
  /** Up to here windows are being evaluated: what comes now may come too late for them. */
  #begun: number;
  /** Whether no earlier process can have written windows behind `until`. */
  isVerified = false;
  isDescribed = false;
  /** How many windows one statement may evaluate; fewer after it failed. */
  atOnce: number;
  /** Ends of the windows that lines came late for. */
  readonly late = new Set<number>();
  missed = 0;
  corrected = 0;
  #tooLateFrom = 0;
  #retryAt = 0;
  #retryMs = FIRST_RETRY_MS;
  #last: Omit<LogMetricStatus, 'metric' | 'until' | 'labelSets' | 'missed' | 'corrected' | 'tooLateFrom'>;

  constructor(rule: LogMetricRule, { since, until }: { readonly since: number; readonly until: number }) {
    this.rule = rule;
    this.since = since;
    this.until = until;
    this.#begun = until;
    this.sets = new LabelSets(rule);
    this.atOnce = windowsAtOnce(rule.limit);
    this.#last = { ...NOT_YET, error: '' };
  }

  get status(): LogMetricStatus {
    const { until, missed, corrected, rule } = this;
    const { size } = this.sets;
    return {
      ...{ metric: rule.metric, until, ...this.#last },
      ...{ labelSets: size, missed, corrected, tooLateFrom: this.#tooLateFrom },
    };
  }

  get progress(): Progress {
    const { since, until, rule } = this;
    return { metric: rule.metric, definition: definitionOf(rule), since, until };
  }

  get metadata(): readonly MetricMetadata[] {
    const { help, unit } = this.rule;
    return seriesNames(this.rule).map((metric) => ({ metric, type: 'gauge', unit, help }));
  }

  /** The end of the last window whose lines have been waited for. */
  settledUntil(now: number): number {
    const { stepMs, settleMs } = this.rule;
    return Math.floor((now - settleMs) / stepMs) * stepMs;
  }

  isDue(now: number): boolean {
    return now >= this.#retryAt && this.settledUntil(now) > this.until;
  }

  /** Lines have come: windows that are written already have to be done over, unless they are too old. */
  notice(arrived: Arrived): void {
    for (const span of arrived ?? [[this.#oldestLate, this.#begun] as const]) this.#notice(span);
  }

  get #oldestLate(): number {
    return Math.max(this.since, this.until - MAX_LATE_WINDOWS * this.rule.stepMs);
  }

  #notice([from, to]: TimeSpan): void {
    const { stepMs } = this.rule;
    const oldest = this.#oldestLate;
    if (from < oldest && to > this.since && this.since < oldest) {
      const first = Math.max(from, this.since);
      this.#tooLateFrom = this.#tooLateFrom === 0 ? first : Math.min(this.#tooLateFrom, first);
    }
    const begin = Math.floor(Math.max(from, oldest) / stepMs) * stepMs;
    for (let start = begin; start < Math.min(to, this.#begun); start += stepMs) this.late.add(start + stepMs);
  }

  begin(until: number): void {
    this.#begun = until;
  }

  /** Windows up to `until` are written. */
  done(until: number, outcome: Outcome): void {
    this.until = until;
    this.isVerified = true;
    this.#retryAt = 0;
    this.#retryMs = FIRST_RETRY_MS;
    this.atOnce = Math.min(2 * this.atOnce, windowsAtOnce(this.rule.limit));
    this.#note(outcome);
    this.sets.forget(until);
  }

  failed(outcome: Outcome): void {
    this.#retryAt = outcome.at + this.#retryMs;
    this.#retryMs = Math.min(LAST_RETRY_MS, 2 * this.#retryMs);
    this.atOnce = Math.max(1, Math.floor(this.atOnce / 2));
    // What was written of it is not known.
    this.isVerified = false;
    this.#note(outcome);
  }

  /** The next evaluation that goes well takes the error away. */
  correctionFailed(error: string): void {
    this.#last = { ...this.#last, error, failures: this.#last.failures + 1 };
  }

  #note({ at, ms, rowsRead, refused, error }: Outcome): void {
    const { evaluations, failures, refused: before } = this.#last;
    this.#last = {
      ...{ lastAt: at, durationMs: ms, rowsRead, error },
      ...{ evaluations: evaluations + 1, refused: before + refused, failures: failures + (error === '' ? 0 : 1) },
    };
  }
}
