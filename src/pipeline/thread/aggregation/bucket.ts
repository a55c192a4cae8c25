import type { AggregationMethod } from '#core/api/ingest-rules.ts';

/** Values of one interval that become one. */
export type Bucket = { readonly add: (v: number) => void; readonly value: () => number };

/** Of more values a percentile looks at a fair sample, so that memory stays bounded. */
const MAX_VALUES = 10_000;

/** A bucket without values; NaN values are to be left out by the caller. */
export function newBucket(method: AggregationMethod): Bucket {
  return method.startsWith('p') ? percentile(Number(`0.${method.slice(1)}`)) : running(method);
}

function running(method: AggregationMethod): Bucket {
  let count = 0;
  let sum = 0;
  let last = Number.NaN;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const add = (v: number): void => {
    count += 1;
    sum += v;
    last = v;
    if (v < low) low = v;
    if (v > high) high = v;
  };
  const values: Readonly<Record<string, () => number>> = {
    sum: () => sum,
    avg: () => sum / count,
    min: () => low,
    max: () => high,
    count: () => count,
    last: () => last,
  };
  return { add, value: values[method] ?? (() => Number.NaN) };
}

/** The value at the rank that carbon takes: linear between the two nearest. */
function percentile(fraction: number): Bucket {
  const values: number[] = [];
  let seen = 0;
  return {
    add: (v) => {
      seen += 1;
      if (values.length < MAX_VALUES) values.push(v);
      else {
        const place = Math.floor(Math.random() * seen);
        if (place < MAX_VALUES) values[place] = v;
      }
    },
    value: () => {
      const sorted = Float64Array.from(values).sort();
      const rank = fraction * (sorted.length - 1);
      const low = sorted[Math.floor(rank)] ?? Number.NaN;
      const high = sorted[Math.ceil(rank)] ?? low;
      return low + (high - low) * (rank - Math.floor(rank));
    },
  };
}
