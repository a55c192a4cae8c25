import type { Buckets, NativeHistogram, ResetHint } from '#core/model/histogram.ts';
import { mergeBuckets } from './cells.ts';
import { commonBounds, sameBounds, withBounds } from './custom-bounds.ts';
import { reduceTo, usesCustomBuckets } from './resolution.ts';
import { withSameZeroBucket } from './zero-bucket.ts';

/** A sum or difference, and what had to be done for it. */
export type Combined = {
  readonly histogram: NativeHistogram;
  /** One side knows of a counter reset, the other that there was none. */
  readonly resetCollision: boolean;
  /** Custom bounds differed: the result has those that both have. */
  readonly boundsReconciled: boolean;
};

/** a + b without empty buckets; undefined for a mix of exponential and custom buckets, which cannot be added. */
export function addHistograms(a: NativeHistogram, b: NativeHistogram): Combined | undefined {
  return combine(a, b, 1);
}

/** a − b, as {@link addHistograms}. PromQL's operator `-` makes the result a gauge. */
export function subtractHistograms(a: NativeHistogram, b: NativeHistogram): Combined | undefined {
  return combine(a, b, -1);
}

/** Counts, sum and buckets times a factor; a negative one makes a gauge. */
export function scaleHistogram(histogram: NativeHistogram, factor: number): NativeHistogram {
  return mapCounts(histogram, (count) => count * factor, factor < 0);
}

/** Counts, sum and buckets divided; a division by zero leaves no buckets. */
export function divideHistogram(histogram: NativeHistogram, divisor: number): NativeHistogram {
  const divided = mapCounts(histogram, (count) => count / divisor, divisor < 0);
  if (divisor !== 0) return divided;
  const none: Buckets = { spans: [], counts: new Float64Array() };
  return { ...divided, positive: none, negative: none };
}

function mapCounts(histogram: NativeHistogram, map: (count: number) => number, toGauge: boolean): NativeHistogram {
  const mapBuckets = ({ spans, counts }: Buckets): Buckets => {
    // A loop: `map` of typed arrays is several times slower.
    const mapped = new Float64Array(counts.length);
    for (let i = 0; i < counts.length; i++) mapped[i] = map(counts[i] as number);
    return { spans, counts: mapped };
  };
  return {
    ...histogram,
    resetHint: toGauge ? 'gauge' : histogram.resetHint,
    count: map(histogram.count),
    sum: map(histogram.sum),
    zeroCount: map(histogram.zeroCount),
    positive: mapBuckets(histogram.positive),
    negative: mapBuckets(histogram.negative),
  };
}

function combine(a: NativeHistogram, b: NativeHistogram, sign: 1 | -1): Combined | undefined {
  if (usesCustomBuckets(a) !== usesCustomBuckets(b)) return undefined;
  const [left, right] = usesCustomBuckets(a) ? withSameBounds(a, b) : withSameLayout(a, b);
  const { hint, collision } = combinedHint(a.resetHint, b.resetHint);
  return {
    histogram: {
      schema: left.schema,
      resetHint: hint,
      count: a.count + sign * b.count,
      sum: a.sum + sign * b.sum,
      zeroThreshold: left.zeroThreshold,
      zeroCount: left.zeroCount + sign * right.zeroCount,
      positive: mergeBuckets(left.positive, right.positive, sign),
      negative: mergeBuckets(left.negative, right.negative, sign),
      customValues: left.customValues,
    },
    resetCollision: collision,
    boundsReconciled: !sameBounds(a.customValues, b.customValues),
  };
}

type Pair = readonly [NativeHistogram, NativeHistogram];

function withSameBounds(a: NativeHistogram, b: NativeHistogram): Pair {
  if (sameBounds(a.customValues, b.customValues)) return [a, b];
  const bounds = commonBounds(a.customValues, b.customValues);
  return [withBounds(a, bounds), withBounds(b, bounds)];
}

function withSameLayout(a: NativeHistogram, b: NativeHistogram): Pair {
  const [left, right] = withSameZeroBucket(a, b);
  const schema = Math.min(a.schema, b.schema);
  return [reduceTo(left, schema), reduceTo(right, schema)];
}

function combinedHint(a: ResetHint, b: ResetHint): { readonly hint: ResetHint; readonly collision: boolean } {
  if (a === b) return { hint: a, collision: false };
  if (a === 'gauge' || b === 'gauge') return { hint: 'gauge', collision: false };
  return { hint: 'unknown', collision: a !== 'unknown' && b !== 'unknown' };
}
