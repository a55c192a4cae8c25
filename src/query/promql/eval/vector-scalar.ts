import { AppError } from '#core/errors.ts';
import type { Expr } from '#query/promql/ast.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { type Column, createColumn, hasSamples, sampleAt, setSample } from './column.ts';
import { type Evaluation, SERIES_WORK } from './evaluation.ts';
import { histogramOutcome } from './histogram-operators.ts';
import { isTrim, keepsName, type NumberOperation, numberOperation, type ValueOperator } from './operators.ts';

type BinaryExpr = Extract<Expr, { kind: 'binary' }>;

type Sides = {
  readonly vector: readonly VectorSeries[];
  readonly scalar: Float64Array;
  /** The scalar stands on the left. */
  readonly isSwapped: boolean;
};

/** A value operator between two scalars. */
export function scalarWithScalar(operator: ValueOperator, left: Float64Array, right: Float64Array): Float64Array {
  if (isTrim(operator)) throw new AppError('bad_query', `operator "${operator}" not allowed for Scalar operations`);
  const { compute } = numberOperation(operator, true);
  return left.map((value, step) => compute(value, right[step] as number));
}

/** A value operator between each series of a vector and a scalar; a comparison keeps the values of the vector. */
export async function vectorWithScalar(
  node: BinaryExpr,
  sides: Sides,
  evaluation: Evaluation,
): Promise<VectorSeries[]> {
  const results: VectorSeries[] = [];
  const operation = operationOf(node, sides.isSwapped);
  for (const series of sides.vector) {
    const count = series.present.length;
    const dropName = !keepsName(node.op) || node.returnBool || series.dropName === true;
    const column = createColumn(series.labels, count, dropName);
    for (let step = 0; step < count; step++) {
      if (series.present[step] !== 1) continue;
      const isForHistograms = series.histograms?.[step] !== undefined || isTrim(node.op);
      if (isForHistograms) combineHistogram(node, sides, { series, column, step }, evaluation);
      else combineFloat(operation, sides.scalar, { series, column, step });
    }
    if (hasSamples(column)) {
      results.push(column);
      evaluation.hold(count);
    }
    if (evaluation.isDue(count + SERIES_WORK)) await evaluation.rest();
  }
  return results;
}

/** The operation with the vector's value as first operand. */
function operationOf(node: BinaryExpr, isSwapped: boolean): NumberOperation {
  const { compute, keeps } = numberOperation(node.op as ValueOperator, node.returnBool);
  if (!isSwapped) return keeps === undefined ? { compute } : { compute, keeps };
  if (keeps === undefined) return { compute: (value, scalar) => compute(scalar, value) };
  return { compute: (value) => value, keeps: (value, scalar) => keeps(scalar, value) };
}

type At = { readonly series: VectorSeries; readonly column: Column; readonly step: number };

function combineFloat({ compute, keeps }: NumberOperation, scalar: Float64Array, { series, column, step }: At): void {
  const value = series.values[step] as number;
  const other = scalar[step] as number;
  if (keeps?.(value, other) === false) return;
  column.present[step] = 1;
  column.values[step] = compute(value, other);
}

function combineHistogram(node: BinaryExpr, sides: Sides, { series, column, step }: At, evaluation: Evaluation): void {
  const value = sampleAt(series, step);
  const other = sides.scalar[step] as number;
  const outcome = sides.isSwapped
    ? histogramOutcome(node, other, value, evaluation)
    : histogramOutcome(node, value, other, evaluation);
  if (outcome !== undefined && outcome !== false) setSample(column, step, outcome);
}
