import { AppError } from '#core/errors.ts';
import type { NativeHistogram } from '#core/model/histogram.ts';
import type { Expr } from '#query/promql/ast.ts';
import type { RawSamples, Steps, Value, VectorSeries } from '#query/promql/value.ts';
import type { Evaluation } from './evaluation.ts';
import type { Reads } from './reads.ts';
import { referenceTimes, subquerySteps } from './times.ts';
import { type Matrix, type MatrixSeries, withoutStale } from './windows.ts';

type MatrixSelector = Extract<Expr, { kind: 'matrix' }>;
type Subquery = Extract<Expr, { kind: 'subquery' }>;

/** The range vector of a selector whose samples have been read. */
export async function matrixOfSelector(
  node: MatrixSelector,
  steps: Steps,
  reads: Reads,
  evaluation: Evaluation,
): Promise<Matrix> {
  const read = reads.get(node);
  if (read === undefined || !('series' in read)) throw new AppError('internal', 'a matrix selector has not been read');
  const { lookback } = evaluation.options;
  const { extension } = node.selector;
  const matrix: MatrixSeries[] = [];
  for (const { labels, samples } of read.series) {
    matrix.push({ labels, samples: withoutStale(samples), dropName: false });
    if (evaluation.isDue(samples.t.length)) await evaluation.rest();
  }
  return {
    series: matrix,
    steps,
    times: referenceTimes(node.selector, steps, evaluation),
    range: node.range,
    before: extension === undefined ? 0 : lookback,
    after: extension === 'smoothed' ? lookback : 0,
  };
}

/** The range vector of a subquery: its expression evaluated at multiples of its step. */
export async function matrixOfSubquery(
  node: Subquery,
  steps: Steps,
  evaluation: Evaluation,
  evaluateInner: (expr: Expr, steps: Steps) => Promise<Value>,
): Promise<Matrix> {
  const inner = subquerySteps(node, steps, evaluation);
  const value: Value = inner.count === 0 ? { kind: 'vector', series: [] } : await evaluateInner(node.expr, inner);
  if (value.kind !== 'vector') throw new AppError('bad_query', 'subquery is only allowed on instant vector');
  const matrix: MatrixSeries[] = [];
  for (const series of value.series) {
    matrix.push({ labels: series.labels, samples: samplesOf(series, inner), dropName: series.dropName === true });
    if (evaluation.isDue(inner.count)) await evaluation.rest();
  }
  return {
    series: matrix,
    steps,
    times: referenceTimes(node, steps, evaluation),
    range: node.range,
    before: 0,
    after: 0,
  };
}

/** The samples that a series has at these steps. */
function samplesOf({ values, present, histograms }: VectorSeries, { start, step }: Steps): RawSamples {
  let size = 0;
  for (const is of present) size += is;
  const t = new Float64Array(size);
  const v = new Float64Array(size);
  const found: (NativeHistogram | undefined)[] = [];
  let next = 0;
  for (let i = 0; i < present.length; i++) {
    if (present[i] !== 1) continue;
    t[next] = start + step * i;
    v[next++] = values[i] as number;
    if (histograms !== undefined) found.push(withoutHint(histograms[i]));
  }
  return histograms === undefined ? { t, v } : { t, v, histograms: found };
}

/** What a hint says of the sample before it does not hold between the steps of a subquery. */
function withoutHint(histogram: NativeHistogram | undefined): NativeHistogram | undefined {
  if (histogram === undefined || histogram.resetHint === 'gauge') return histogram;
  return { ...histogram, resetHint: 'unknown' };
}
