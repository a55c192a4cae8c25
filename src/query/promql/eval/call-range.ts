import type { CallContext, PromFunction } from '#query/promql/function-def.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { createColumn, hasSamples, setSample } from './column.ts';
import type { Evaluation } from './evaluation.ts';
import { createWindows, type Matrix, type MatrixSeries } from './windows.ts';

type RangeFunction = Extract<PromFunction, { kind: 'range' }>;
type MatrixFunction = Extract<PromFunction, { kind: 'matrix' }>;

/** The values of the scalar arguments, each for all steps. */
export type Scalars = readonly Float64Array[];

/** Calls a range function for every series and step at which the window has samples. */
export async function callRange(
  fn: RangeFunction,
  matrix: Matrix,
  of: { readonly scalars: Scalars; readonly context: CallContext; readonly evaluation: Evaluation },
): Promise<VectorSeries[]> {
  const { evaluation } = of;
  const { count } = matrix.steps;
  const results: VectorSeries[] = [];
  for (const series of matrix.series) {
    const column = await rangeColumn(fn, series, matrix, of);
    if (hasSamples(column)) {
      results.push(column);
      evaluation.hold(count);
    }
    if (evaluation.isDue(count + series.samples.t.length)) await evaluation.rest();
  }
  return results;
}

async function rangeColumn(
  fn: RangeFunction,
  series: MatrixSeries,
  matrix: Matrix,
  of: { readonly scalars: Scalars; readonly context: CallContext; readonly evaluation: Evaluation },
): Promise<ReturnType<typeof createColumn>> {
  const { scalars, context, evaluation } = of;
  const { count } = matrix.steps;
  const column = createColumn(series.labels, count, fn.keepsName !== true || series.dropName);
  const windowAt = createWindows(series.samples, matrix);
  const args = scalars.map(() => 0);
  const isPlain = series.samples.histograms === undefined && matrix.before === 0;
  const ofFloats = isPlain ? fn.ofFloats : undefined;
  let hasWindows = false;
  for (let step = 0; step < count; step++) {
    const window = windowAt(step);
    const size = window.to - window.from;
    if (size === 0) continue;
    for (let i = 0; i < scalars.length; i++) args[i] = scalars[i]?.[step] as number;
    const sample = ofFloats === undefined ? fn.evaluate(window, args, context, series.labels) : ofFloats(window);
    if (sample !== undefined) setSample(column, step, sample);
    hasWindows = true;
    if (evaluation.isDue(size)) await evaluation.rest();
  }
  if (hasWindows && ofFloats !== undefined) fn.noteSeries?.(series.labels, context);
  return column;
}

/** Calls a function that sees all series of its matrix together. */
export function callMatrix(fn: MatrixFunction, matrix: Matrix, context: CallContext): readonly VectorSeries[] {
  return fn.evaluate(
    {
      windowsOf: (index) => createWindows((matrix.series[index] as MatrixSeries).samples, matrix),
      labels: matrix.series.map(({ labels }) => labels),
    },
    context,
  );
}
