import { AppError } from '#core/errors.ts';
import type { NativeHistogram } from '#core/model/histogram.ts';
import { canonicalKey } from '#core/model/labels.ts';
import { findValues, type Moment, type RuleLanguages, recordedLabels } from './found-values.ts';

/** What a rule gave at one time, by canonical key. */
export type Recorded = {
  readonly values: ReadonlyMap<string, number>;
  readonly histograms: ReadonlyMap<string, NativeHistogram>;
};

/**
 * Evaluates a rule at one time and names the series as it says. Throws `bad_query` when two would be one, `limit_series`, and
 * what the language throws.
 */
export async function evaluateRule(languages: RuleLanguages, moment: Moment): Promise<Recorded> {
  const { rule, limit } = moment;
  const values = new Map<string, number>();
  const histograms = new Map<string, NativeHistogram>();
  for (const { labels, value } of await findValues(languages, moment)) {
    const key = canonicalKey(recordedLabels(labels, rule));
    if (values.has(key) || histograms.has(key)) throw sameLabels(rule.language);
    if (typeof value === 'number') values.set(key, value);
    else histograms.set(key, value);
  }
  const count = values.size + histograms.size;
  if (count <= limit) return { values, histograms };
  throw new AppError('limit_series', `the rule gives ${count} series; its limit is ${limit}`, { details: { limit } });
}

function sameLabels(language: Moment['rule']['language']): AppError {
  const message = 'vector contains metrics with the same labelset after applying rule labels';
  const advice = ': $name in the recorded name tells the series apart';
  return new AppError('bad_query', language === 'graphite' ? message + advice : message);
}
