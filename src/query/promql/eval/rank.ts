import { AppError } from '#core/errors.ts';
import type { Expr } from '#query/promql/ast.ts';
import { formatValue } from '#query/promql/number-text.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { type AggregateGroup, groupSeries } from './aggregate-groups.ts';
import type { Evaluation } from './evaluation.ts';
import { type ComesBefore, RankHeap } from './rank-heap.ts';
import { ignoredHistograms } from './reduce-floats.ts';
import { Selection } from './selection.ts';

type AggregateExpr = Extract<Expr, { kind: 'aggregate' }>;

const INT64_EDGE = 2 ** 63;

const smaller: ComesBefore = (a, b) => Number.isNaN(a) || a < b;
const greater: ComesBefore = (a, b) => Number.isNaN(a) || a > b;

/**
 * The k series of each group with the greatest (`topk`) or smallest values (`bottomk`), NaN last, or just the first k
 * (`limitk`); `ks` holds k for each step. Of one step, the series come in the order of their rank.
 */
export async function rankedSeries(
  node: AggregateExpr,
  vector: readonly VectorSeries[],
  ks: Float64Array,
  evaluation: Evaluation,
): Promise<VectorSeries[]> {
  if (ks.every((k) => k < 1)) return [];
  checkCounts(ks);
  const selection = new Selection(ks.length);
  const whole = ks.map((k) => Math.min(Math.trunc(k), vector.length));
  for (const group of await groupSeries(node, vector, evaluation)) {
    if (node.op !== 'limitk') await rankGroup({ node, group, ks: whole }, selection, evaluation);
    else {
      for (let step = 0; step < ks.length; step++) {
        takeFirst(group, { step, k: whole[step] as number }, selection);
        if (evaluation.isDue(group.members.length)) await evaluation.rest();
      }
    }
  }
  return selection.series();
}

function checkCounts(ks: Float64Array): void {
  if (ks.some(Number.isNaN)) throw new AppError('bad_query', 'Parameter value is NaN');
  const [low, high] = [ks.reduce((a, b) => Math.min(a, b)), ks.reduce((a, b) => Math.max(a, b))];
  if (low <= -INT64_EDGE) throw new AppError('bad_query', `Scalar value ${formatValue(low)} underflows int64`);
  if (high >= INT64_EDGE) throw new AppError('bad_query', `Scalar value ${formatValue(high)} overflows int64`);
}

type Ranking = { readonly node: AggregateExpr; readonly group: AggregateGroup; readonly ks: Float64Array };

/** Series by series, so that the values of a series are read as they lie in memory; each step has a heap of its own. */
async function rankGroup(
  { node, group: { members }, ks }: Ranking,
  selection: Selection,
  evaluation: Evaluation,
): Promise<void> {
  const comesBefore = node.op === 'topk' ? smaller : greater;
  const heaps = Array.from(ks, (k) => (k >= 1 ? new RankHeap(k, comesBefore) : undefined));
  for (let i = 0; i < members.length; i++) {
    const { present, values, histograms } = members[i] as VectorSeries;
    for (let step = 0; step < heaps.length; step++) {
      if (present[step] !== 1) continue;
      if (histograms?.[step] === undefined) heaps[step]?.offer(values[step] as number, i);
      else if (heaps[step] !== undefined) evaluation.annotate('info', ignoredHistograms(node.op), node);
    }
    if (evaluation.isDue(heaps.length)) await evaluation.rest();
  }
  for (let step = 0; step < heaps.length; step++) {
    for (const index of heaps[step]?.ranked() ?? []) selection.take(members[index] as VectorSeries, step);
  }
}

function takeFirst(
  { members }: AggregateGroup,
  { step, k }: { readonly step: number; readonly k: number },
  selection: Selection,
): void {
  let room = k;
  for (const series of members) {
    if (room < 1) return;
    if (series.present[step] !== 1) continue;
    selection.take(series, step);
    room -= 1;
  }
}
