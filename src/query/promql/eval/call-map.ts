import type { CallContext, PromFunction } from '#query/promql/function-def.ts';
import type { Steps, VectorSeries } from '#query/promql/value.ts';
import type { Scalars } from './call-range.ts';
import { createColumn, hasSamples, setSample } from './column.ts';
import { type Evaluation, SERIES_WORK } from './evaluation.ts';

type MapFunction = Extract<PromFunction, { kind: 'map' }>;

/** Calls a function for every sample of a vector. */
export async function callMap(
  fn: MapFunction,
  vector: readonly VectorSeries[],
  of: { readonly scalars: Scalars; readonly context: CallContext; readonly evaluation: Evaluation },
): Promise<VectorSeries[]> {
  const { scalars, context, evaluation } = of;
  const args = scalars.map(() => 0);
  const results: VectorSeries[] = [];
  for (const { labels, values, present, histograms } of vector) {
    const column = createColumn(labels, present.length, true);
    for (let step = 0; step < present.length; step++) {
      if (present[step] !== 1) continue;
      for (let i = 0; i < scalars.length; i++) args[i] = scalars[i]?.[step] as number;
      const histogram = histograms?.[step];
      const sample =
        histogram === undefined
          ? fn.float(values[step] as number, args, context)
          : fn.histogram?.(histogram, args, context);
      if (sample !== undefined) setSample(column, step, sample);
    }
    if (hasSamples(column)) {
      results.push(column);
      evaluation.hold(present.length);
    }
    if (evaluation.isDue(present.length + SERIES_WORK)) await evaluation.rest();
  }
  return results;
}

/** `vector(time())`, what functions of a time take when they get no argument. */
export function timeVector({ start, step, count }: Steps): VectorSeries[] {
  const values = Float64Array.from({ length: count }, (_, i) => (start + step * i) / 1000);
  return [{ labels: {}, values, present: new Uint8Array(count).fill(1) }];
}
