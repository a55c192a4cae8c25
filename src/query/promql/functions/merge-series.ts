import { AppError } from '#core/errors.ts';
import { canonicalKey } from '#core/model/labels.ts';
import type { VectorSeries } from '#query/promql/value.ts';

/**
 * Series with equal labels become one; `bad_query` when two of them have a value at the same step.
 */
export function mergeSameLabels(series: readonly VectorSeries[]): readonly VectorSeries[] {
  const byLabels = new Map<string, VectorSeries>();
  for (const each of series) {
    const key = canonicalKey(each.labels);
    const other = byLabels.get(key);
    byLabels.set(key, other === undefined ? each : merged(other, each));
  }
  return byLabels.size === series.length ? series : [...byLabels.values()];
}

function merged(a: VectorSeries, b: VectorSeries): VectorSeries {
  if (a.present.some((present, i) => present === 1 && b.present[i] === 1)) {
    throw new AppError('bad_query', 'vector cannot contain metrics with the same labelset');
  }
  const takesB = (i: number): boolean => b.present[i] === 1;
  const values = a.values.map((value, i) => (takesB(i) ? (b.values[i] as number) : value));
  const present = a.present.map((value, i) => (takesB(i) ? 1 : value));
  if (a.histograms === undefined && b.histograms === undefined) return { ...a, values, present };
  const histograms = Array.from(present, (_, i) => (takesB(i) ? b : a).histograms?.[i]);
  return { ...a, values, present, histograms };
}
