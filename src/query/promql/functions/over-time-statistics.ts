import { KahanSum } from '#query/promql/kahan-sum.ts';
import { quantileOfValues } from './sample-quantile.ts';

/** The population variance of at least one value (Welford). */
export function varianceOfValues(values: Float64Array): number {
  const mean = new KahanSum();
  const squares = new KahanSum();
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const delta = value - (mean.rounded + mean.lost);
    mean.add(delta / (i + 1));
    squares.add(delta * (value - (mean.rounded + mean.lost)));
  }
  return (squares.rounded + squares.lost) / values.length;
}

/** The median of the distances from the median; NaN if any value is. */
export function medianDeviation(values: Float64Array): number {
  if (values.some(Number.isNaN)) return NaN;
  const median = quantileOfValues(0.5, values);
  return quantileOfValues(
    0.5,
    values.map((value) => Math.abs(value - median)),
  );
}
