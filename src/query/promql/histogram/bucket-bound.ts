import { CUSTOM_BUCKETS } from '#core/model/histogram.ts';

const LAST_EXPONENT = 1024;
const MAX_SCHEMA = 8;
/** 2^(1/2), 2^(1/4), … 2^(1/256), so that their products are bit for bit the bounds of Prometheus' table. */
const ROOTS_OF_TWO = [1 / Math.sqrt(0.5)];
for (let i = 1; i < MAX_SCHEMA; i++) ROOTS_OF_TWO.push(Math.sqrt(ROOTS_OF_TWO[i - 1] as number));

/**
 * The upper bound of bucket `index`: 2^(index · 2^−schema) of exponential schemas, absolute for negative buckets. The
 * bucket before the one of ±Inf ends at the largest float. Custom buckets: the listed bounds, then +Inf; −Inf below.
 */
export function upperBound(schema: number, index: number, customValues: Float64Array): number {
  if (schema === CUSTOM_BUCKETS) return customBound(index, customValues);
  const exponent = schema < 0 ? index * 2 ** -schema : index >> schema;
  const part = schema <= 0 ? 0 : index & ((1 << schema) - 1);
  if (exponent === LAST_EXPONENT && part === 0) return Number.MAX_VALUE;
  return rootOfTwo(schema, part) * 2 ** exponent;
}

function customBound(index: number, bounds: Float64Array): number {
  if (index < 0) return -Infinity;
  return bounds[index] ?? Infinity;
}

/** 2^(part · 2^−schema) for a part below 2^schema. */
function rootOfTwo(schema: number, part: number): number {
  let product = 1;
  for (let bit = schema - 1; bit >= 0; bit--) {
    if ((part >> bit) & 1) product *= ROOTS_OF_TWO[schema - 1 - bit] as number;
  }
  return product;
}
