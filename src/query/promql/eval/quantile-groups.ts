import type { Expr } from '#query/promql/ast.ts';
import { invalidQuantile } from '#query/promql/functions/annotation-text.ts';
import { quantileOfValues } from '#query/promql/functions/sample-quantile.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { type AggregateGroup, groupSeries } from './aggregate-groups.ts';
import { type Column, createColumn, hasSamples } from './column.ts';
import type { Evaluation } from './evaluation.ts';
import { ignoredHistograms } from './reduce-floats.ts';

type AggregateExpr = Extract<Expr, { kind: 'aggregate' }>;

/** The quantile of each group at each step; `qs` holds q for each step. Histograms are left out. */
export async function quantilesOfGroups(
  node: AggregateExpr,
  vector: readonly VectorSeries[],
  qs: Float64Array,
  evaluation: Evaluation,
): Promise<VectorSeries[]> {
  noteInvalid(node, qs, evaluation);
  const columns: Column[] = [];
  for (const group of await groupSeries(node, vector, evaluation)) {
    const isNameless = group.members.some(({ dropName }) => dropName === true);
    const column = createColumn(group.labels, qs.length, isNameless);
    const buffer = new Float64Array(group.members.length);
    for (let step = 0; step < qs.length; step++) {
      const values = buffer.subarray(0, gather({ node, group, step }, buffer, evaluation));
      if (values.length > 0) {
        column.present[step] = 1;
        column.values[step] = quantileOfValues(qs[step] as number, values);
      }
      if (evaluation.isDue(group.members.length * 4)) await evaluation.rest();
    }
    columns.push(column);
  }
  return columns.filter(hasSamples);
}

type At = { readonly node: AggregateExpr; readonly group: AggregateGroup; readonly step: number };

/** Puts the floats of a step into the buffer and says how many there are. */
function gather({ node, group, step }: At, buffer: Float64Array, evaluation: Evaluation): number {
  let size = 0;
  for (const { present, values, histograms } of group.members) {
    if (present[step] !== 1) continue;
    if (histograms?.[step] === undefined) buffer[size++] = values[step] as number;
    else evaluation.annotate('info', ignoredHistograms('quantile'), node.expr);
  }
  return size;
}

function noteInvalid({ param }: AggregateExpr, qs: Float64Array, evaluation: Evaluation): void {
  if (qs.some(Number.isNaN)) evaluation.annotate('warn', invalidQuantile(Number.NaN), param);
  const [low, high] = [qs.reduce((a, b) => Math.min(a, b)), qs.reduce((a, b) => Math.max(a, b))];
  if (high > 1) evaluation.annotate('warn', invalidQuantile(high), param);
  if (low < 0) evaluation.annotate('warn', invalidQuantile(low), param);
}
