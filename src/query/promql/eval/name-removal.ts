import { mergeSameLabels } from '#query/promql/functions/index.ts';
import type { Value, VectorSeries } from '#query/promql/value.ts';
import { type Evaluation, SERIES_WORK } from './evaluation.ts';
import { withoutMetadata } from './label-sets.ts';

/** Drops the names that were to be dropped; series that are the same then become one, unless they meet at a step. */
export async function removeNames(value: Value, evaluation: Evaluation): Promise<Value> {
  if (value.kind !== 'vector' || !value.series.some(({ dropName }) => dropName === true)) return value;
  const named: VectorSeries[] = [];
  for (const { dropName, ...series } of value.series) {
    named.push(dropName === true ? { ...series, labels: withoutMetadata(series.labels) } : series);
    if (evaluation.isDue(SERIES_WORK)) await evaluation.rest();
  }
  return { kind: 'vector', series: mergeSameLabels(named) };
}
