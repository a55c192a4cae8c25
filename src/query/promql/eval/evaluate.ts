import { AppError } from '#core/errors.ts';
import { canonicalKey } from '#core/model/labels.ts';
import type { Expr } from '#query/promql/ast.ts';
import { resolveDurations } from '#query/promql/parse/index.ts';
import type { SourceSeries } from '#query/promql/source.ts';
import type { Annotation, Steps, Value, VectorSeries } from '#query/promql/value.ts';
import { type EvaluateOptions, Evaluation, type EvaluationStats } from './evaluation.ts';
import { depthOf, unwrapParens } from './expression.ts';
import { matrixOfSelector, matrixOfSubquery } from './matrix-argument.ts';
import { removeNames } from './name-removal.ts';
import { NodeEvaluator } from './node.ts';
import { type Reads, readSelectors } from './reads.ts';
import { cutSamples, type Matrix } from './windows.ts';

/** The value of an expression; a range selector or subquery by itself gives its samples at the one step. */
export type EvaluatedValue = Value | { readonly kind: 'matrix'; readonly series: readonly SourceSeries[] };

/** A value, with what is to be said about it and what it has cost. */
export type EvaluationResult = {
  readonly value: EvaluatedValue;
  readonly annotations: readonly Annotation[];
  readonly stats: EvaluationStats;
};

/**
 * Evaluates an expression of PromQL at each of the steps, as Prometheus does with delayed removal of names. Of one step the
 * series keep the order that the expression gives them, of several they are ordered by labels. Throws `bad_query`,
 * `limit_rows`, `limit_time`, `cancelled`, and what the source throws.
 */
export async function evaluate(written: Expr, options: EvaluateOptions): Promise<EvaluationResult> {
  const depth = depthOf(written);
  if (depth > options.limits.depth) {
    throw new AppError('bad_query', `the query is nested ${depth} levels deep; ${options.limits.depth} are allowed`);
  }
  const evaluation = new Evaluation(options);
  const { step, count } = evaluation.querySteps;
  const expr = resolveDurations(written, { step, range: step * (count - 1) });
  evaluation.checkSignal();
  const begin = performance.now();
  const reads = await readSelectors(expr, options.steps, evaluation);
  evaluation.checkSignal();
  const selected = performance.now();
  const value = await valueOf(expr, reads, evaluation);
  return {
    value,
    annotations: evaluation.annotations,
    stats: {
      ...sizeOf(reads),
      peakSamples: evaluation.peakSamples,
      selectMs: selected - begin,
      evaluateMs: performance.now() - selected,
    },
  };
}

async function valueOf(expr: Expr, reads: Reads, evaluation: Evaluation): Promise<EvaluatedValue> {
  const { steps } = evaluation.options;
  const nodes = new NodeEvaluator(evaluation, reads);
  const top = unwrapParens(expr);
  if (top.kind === 'matrix' || top.kind === 'subquery') return matrixValue(top, nodes, { steps, reads, evaluation });
  const value = await removeNames(await nodes.evaluate(top, steps), evaluation);
  if (value.kind !== 'vector' || !evaluation.isRange) return value;
  return { kind: 'vector', series: sortedByLabels(value.series) };
}

async function matrixValue(
  node: Extract<Expr, { kind: 'matrix' | 'subquery' }>,
  nodes: NodeEvaluator,
  { steps, reads, evaluation }: { readonly steps: Steps; readonly reads: Reads; readonly evaluation: Evaluation },
): Promise<EvaluatedValue> {
  if (evaluation.isRange) throw new AppError('bad_query', 'a range query needs a scalar or an instant vector');
  const matrix =
    node.kind === 'matrix'
      ? await matrixOfSelector(node, steps, reads, evaluation)
      : await matrixOfSubquery(node, steps, evaluation, (expr, at) => nodes.evaluate(expr, at));
  return { kind: 'matrix', series: samplesOf(matrix) };
}

function samplesOf({ series, times, range }: Matrix): SourceSeries[] {
  return series
    .map(({ labels, samples }) => ({ labels, samples: cutSamples(samples, times.start - range, times.start) }))
    .filter(({ samples }) => samples.t.length > 0);
}

function sortedByLabels(series: readonly VectorSeries[]): VectorSeries[] {
  return series
    .map((one) => ({ one, key: canonicalKey(one.labels) }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ one }) => one);
}

function sizeOf(reads: Reads): Pick<EvaluationStats, 'series' | 'samples'> {
  let [series, samples] = [0, 0];
  for (const read of new Set(reads.values())) {
    if ('pushed' in read) series += read.pushed.length;
    else {
      series += read.series.length;
      samples += read.series.reduce((sum, one) => sum + one.samples.t.length, 0);
    }
  }
  return { series, samples };
}
