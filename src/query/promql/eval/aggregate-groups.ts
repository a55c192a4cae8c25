import type { Labels } from '#core/model/labels.ts';
import type { Expr } from '#query/promql/ast.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { keyOfLabels, omitLabels, pickLabels } from './label-sets.ts';

type AggregateExpr = Extract<Expr, { kind: 'aggregate' }>;

/** The series that are aggregated into one. */
export type AggregateGroup = { readonly labels: Labels; readonly members: VectorSeries[] };

/** Groups series by the labels that `by` names, or by all but the metric's name and those that `without` names. */
export function groupSeries(
  { without, labels: names }: Pick<AggregateExpr, 'without' | 'labels'>,
  vector: readonly VectorSeries[],
): AggregateGroup[] {
  const keyOf = keyOfLabels(!without, names);
  const groups = new Map<string, AggregateGroup>();
  for (const series of vector) {
    const key = keyOf(series.labels);
    let group = groups.get(key);
    if (group === undefined) {
      const labels = without ? omitLabels(series.labels, ['__name__', ...names]) : pickLabels(series.labels, names);
      groups.set(key, (group = { labels, members: [] }));
    }
    group.members.push(series);
  }
  return [...groups.values()];
}
