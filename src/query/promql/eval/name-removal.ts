import { mergeSameLabels } from '#query/promql/functions/merge-series.ts';
import type { Value } from '#query/promql/value.ts';
import { withoutMetadata } from './label-sets.ts';

/** Drops the names that were to be dropped; series that are the same then become one, unless they meet at a step. */
export function removeNames(value: Value): Value {
  if (value.kind !== 'vector') return value;
  const named = value.series.map(({ dropName, ...series }) =>
    dropName === true ? { ...series, labels: withoutMetadata(series.labels) } : series,
  );
  return { kind: 'vector', series: mergeSameLabels(named) };
}
