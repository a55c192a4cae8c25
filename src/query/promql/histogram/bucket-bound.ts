import { CUSTOM_BUCKETS } from '#core/model/histogram.ts';

const LAST_EXPONENT = 1024;

/**
 * The upper bound of bucket `index`: 2^(index · 2^−schema) of exponential schemas, absolute for negative buckets. The
 * bucket before the one of ±Inf ends at the largest float. Custom buckets: the listed bounds, then +Inf; −Inf below.
 */
export function upperBound(schema: number, index: number, customValues: Float64Array): number {
  if (schema === CUSTOM_BUCKETS) return customBound(index, customValues);
  if (schema <= 0) {
    const exponent = index * 2 ** -schema;
    return exponent === LAST_EXPONENT ? Number.MAX_VALUE : 2 ** exponent;
  }
  const steps = 2 ** schema;
  const exponent = Math.floor(index / steps);
  const fraction = index - exponent * steps;
  if (fraction === 0) return exponent === LAST_EXPONENT ? Number.MAX_VALUE : 2 ** exponent;
  // In two factors, so that neither the largest nor the smallest bounds overflow on the way.
  return 2 ** (fraction / steps) * 2 ** exponent;
}

function customBound(index: number, bounds: Float64Array): number {
  if (index < 0) return -Infinity;
  return bounds[index] ?? Infinity;
}
