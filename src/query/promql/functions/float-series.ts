import type { VectorSeries } from '#query/promql/value.ts';

/** The float of step i, undefined where there is none. */
export function floatAt(series: VectorSeries, i: number): number | undefined {
  return series.present[i] === 1 && series.histograms?.[i] === undefined ? series.values[i] : undefined;
}

/** A series of the floats that a function gives for each step; undefined when it gives none at all. */
export function floatSeries(
  origin: Pick<VectorSeries, 'labels' | 'dropName'>,
  count: number,
  valueAt: (step: number) => number | undefined,
): VectorSeries | undefined {
  const values = new Float64Array(count);
  const present = new Uint8Array(count);
  let hasAny = false;
  for (let i = 0; i < count; i++) {
    const value = valueAt(i);
    if (value === undefined) continue;
    values[i] = value;
    present[i] = 1;
    hasAny = true;
  }
  if (!hasAny) return undefined;
  const named = { labels: origin.labels, values, present };
  return origin.dropName === undefined ? named : { ...named, dropName: origin.dropName };
}

/** The series that are there. */
export function found(series: readonly (VectorSeries | undefined)[]): VectorSeries[] {
  return series.filter((each) => each !== undefined);
}
