import { type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { Expr } from '#query/promql/ast.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { type Evaluation, SERIES_WORK } from './evaluation.ts';
import { keyOfLabels, omitLabels, pickLabels } from './label-sets.ts';

type AggregateExpr = Extract<Expr, { kind: 'aggregate' }>;

/** The series that are aggregated into one. */
export type AggregateGroup = { readonly labels: Labels; readonly members: VectorSeries[] };

/** Groups series by the labels that `by` names, or by all but the metric's name and those that `without` names. */
export async function groupSeries(
  { without, labels: names }: Pick<AggregateExpr, 'without' | 'labels'>,
  vector: readonly VectorSeries[],
  evaluation: Evaluation,
): Promise<AggregateGroup[]> {
  const keyOf = keyOfLabels(!without, names);
  const groups = new Map<string, AggregateGroup>();
  for (const series of vector) {
    const key = keyOf(series.labels);
    let group = groups.get(key);
    if (group === undefined) {
      groups.set(key, (group = { labels: groupLabels(series.labels, { without, labels: names }), members: [] }));
    }
    group.members.push(series);
    if (evaluation.isDue(SERIES_WORK)) await evaluation.rest();
  }
  return [...groups.values()];
}

/** The labels of the group that a series belongs to. */
export const groupLabels = (
  labels: Labels,
  { without, labels: names }: Pick<AggregateExpr, 'without' | 'labels'>,
): Labels => (without ? omitLabels(labels, [NAME_LABEL, ...names]) : pickLabels(labels, names));
