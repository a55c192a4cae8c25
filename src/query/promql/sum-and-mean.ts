import { KahanSum } from './kahan-sum.ts';

/** The sum of at least one value. */
export function sumOf(values: Float64Array): number {
  const sum = new KahanSum();
  for (const value of values) sum.add(value);
  return sum.value;
}

/** The mean of at least one value: sum by count, or a running mean from where the sum would overflow. */
export function meanOf(values: Float64Array): number {
  const sum = new KahanSum();
  for (let i = 0; i < values.length; i++) {
    const { rounded, lost } = sum;
    sum.add(values[i] as number);
    if (i > 0 && Math.abs(sum.rounded) === Infinity) return runningMean(values, i, new KahanSum(rounded, lost));
  }
  return sum.rounded / values.length + sum.lost / values.length;
}

function runningMean(values: Float64Array, from: number, sum: KahanSum): number {
  let mean = new KahanSum(sum.rounded / from, sum.lost / from);
  for (let i = from; i < values.length; i++) {
    const q = i / (i + 1);
    mean = new KahanSum(q * mean.rounded, q * mean.lost);
    mean.add((values[i] as number) / (i + 1));
  }
  return mean.rounded + mean.lost;
}
