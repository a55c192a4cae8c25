/**
 * What statsd flushes of the values of a timer, in its order (statsd 0.10, lib/process_metrics.js): per threshold
 * `count_N`, `mean_N`, `upper_N`, `sum_N`, `sum_squares_N` of the N % smallest values (negative: `lower_topN`, of the
 * largest), then what all values say. `events` counts the values with their sample rates.
 */
export function timerStatistics(
  values: readonly number[],
  { events, seconds, thresholds }: { events: number; seconds: number; thresholds: readonly number[] },
): readonly (readonly [string, number])[] {
  if (values.length === 0) {
    return [
      ['count_ps', 0],
      ['count', 0],
    ];
  }
  const sorted = Float64Array.from(values).sort();
  const { sum, sumSquares } = sums(sorted);
  const mean = sum / sorted.length;
  const deviations = sorted.reduce((total, value) => total + (value - mean) * (value - mean), 0);
  return [
    ...thresholds.flatMap((threshold) => belowThreshold(sorted, threshold)),
    ['std', Math.sqrt(deviations / sorted.length)],
    ['upper', sorted.at(-1) ?? 0],
    ['lower', sorted[0] ?? 0],
    ['count', events],
    ['count_ps', events / seconds],
    ['sum', sum],
    ['sum_squares', sumSquares],
    ['mean', mean],
    ['median', median(sorted)],
  ];
}

function belowThreshold(sorted: Float64Array, threshold: number): readonly (readonly [string, number])[] {
  const count = sorted.length === 1 ? 1 : Math.round((Math.abs(threshold) / 100) * sorted.length);
  if (count === 0) return [];
  const isUpper = threshold > 0;
  const part = isUpper ? sorted.subarray(0, count) : sorted.subarray(sorted.length - count);
  const { sum, sumSquares } = sums(part);
  const name = String(threshold).replace('.', '_').replace('-', 'top');
  return [
    [`count_${name}`, count],
    [`mean_${name}`, sum / count],
    [`${isUpper ? 'upper' : 'lower'}_${name}`, (isUpper ? part.at(-1) : part[0]) ?? 0],
    [`sum_${name}`, sum],
    [`sum_squares_${name}`, sumSquares],
  ];
}

function sums(values: Float64Array): { readonly sum: number; readonly sumSquares: number } {
  let sum = 0;
  let sumSquares = 0;
  for (const value of values) {
    sum += value;
    sumSquares += value * value;
  }
  return { sum, sumSquares };
}

function median(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
