import type { RecordingRule } from '#core/api/recording.ts';
import { AppError } from '#core/errors.ts';
import type { NativeHistogram } from '#core/model/histogram.ts';
import { canonicalKey, type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { PromEngine } from '#query/promql/engine.ts';

/** What a rule gave at one time, by canonical key. */
export type Recorded = {
  readonly values: ReadonlyMap<string, number>;
  readonly histograms: ReadonlyMap<string, NativeHistogram>;
};

export type RuleEvaluation = {
  readonly rule: RecordingRule;
  /** Time of the evaluation, ms. */
  readonly at: number;
  /** Most series. */
  readonly limit: number;
  readonly signal: AbortSignal;
};

/**
 * Evaluates a rule at one time and names the series as it says. Throws `bad_query` when two would be one, `limit_series`, and
 * what the engine throws.
 */
export async function evaluateRule(engine: PromEngine, { rule, at, limit, signal }: RuleEvaluation): Promise<Recorded> {
  const steps = { start: at, step: 0, count: 1 };
  const { value } = await engine.evaluate({ expr: engine.parse(rule.expr), text: rule.expr, steps, signal });
  const values = new Map<string, number>();
  const histograms = new Map<string, NativeHistogram>();
  if (value.kind === 'scalar') values.set(keyOf({}, rule), value.values[0] ?? Number.NaN);
  else if (value.kind !== 'vector') throw new AppError('bad_query', 'a rule records an instant vector or a scalar');
  for (const series of value.kind === 'vector' ? value.series : []) {
    if (series.present[0] !== 1) continue;
    const key = keyOf(series.labels, rule);
    if (values.has(key) || histograms.has(key)) {
      throw new AppError('bad_query', 'vector contains metrics with the same labelset after applying rule labels');
    }
    const histogram = series.histograms?.[0];
    if (histogram === undefined) values.set(key, series.values[0] ?? Number.NaN);
    else histograms.set(key, histogram);
  }
  const count = values.size + histograms.size;
  if (count <= limit) return { values, histograms };
  throw new AppError('limit_series', `the rule gives ${count} series; its limit is ${limit}`, { details: { limit } });
}

function keyOf(labels: Labels, { record, labels: own }: RecordingRule): string {
  const all = { ...labels, ...own, [NAME_LABEL]: record };
  return canonicalKey(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')));
}
