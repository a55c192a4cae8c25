/** Values from `from` up to `to`, and how many there are. */
export type ValueBucket = { readonly from: number; readonly to: number; readonly count: number };

const STEPS = [1, 2, 2.5, 5, 10];

/** Counts values in about `wanted` equal buckets with round bounds; none when there are no values. */
export function valueBuckets(columns: readonly Float64Array[], wanted: number): ValueBucket[] {
  const values = columns.flatMap((column) => [...column].filter(Number.isFinite));
  if (values.length === 0) return [];
  const min = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const max = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const size = roundSize((max - min) / wanted || Math.abs(max) || 1);
  const first = Math.floor(min / size);
  const counts = Array.from({ length: Math.floor(max / size) - first + 1 }, () => 0);
  for (const value of values) {
    const at = Math.floor(value / size) - first;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map((count, index) => ({ from: (first + index) * size, to: (first + index + 1) * size, count }));
}

function roundSize(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  return (STEPS.find((step) => step * power >= raw) ?? 10) * power;
}
