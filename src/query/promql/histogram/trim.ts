import { type Buckets, CUSTOM_BUCKETS, type NativeHistogram } from '#core/model/histogram.ts';
import { upperBound } from './bucket-bound.ts';
import { cellsOf } from './cells.ts';
import { compact } from './resolution.ts';

/** Where a histogram is cut, and which part of its observations stays. */
export type Cut = { readonly at: number; readonly keeps: 'below' | 'above' };

type Bounds = { readonly lower: number; readonly upper: number };
type Side = 'positive' | 'negative';
/** What stays of a bucket: its observations, and the value that stands for each of them. */
type Kept = { readonly count: number; readonly value: number };

/**
 * The histogram without the observations on one side of a value: buckets there go, the one that holds the value is
 * interpolated as for quantiles, and the sum is estimated anew from the buckets that stay. As it is when nothing goes.
 * Follows FloatHistogram.TrimBuckets of Prometheus.
 */
export function trimHistogram(histogram: NativeHistogram, cut: Cut): NativeHistogram {
  const positive = trimmedSide(histogram, 'positive', cut);
  const negative = trimmedSide(histogram, 'negative', cut);
  const zero = keptOfZero(histogram, cut);
  const isWhole = positive.isWhole && negative.isWhole && zero.count === histogram.zeroCount;
  if (isWhole) return histogram;
  return compact({
    ...histogram,
    count: positive.count + negative.count + zero.count,
    sum: positive.sum + negative.sum + zero.count * zero.value,
    zeroCount: zero.count,
    positive: positive.buckets,
    negative: negative.buckets,
  });
}

function trimmedSide(histogram: NativeHistogram, side: Side, cut: Cut) {
  const { schema, customValues } = histogram;
  const { indexes, counts } = cellsOf(histogram[side]);
  const kept = Float64Array.from(counts);
  let [count, sum, isWhole] = [0, 0, true];
  for (const [i, index] of indexes.entries()) {
    const before = counts[i] as number;
    if (before === 0) continue;
    const ends = [upperBound(schema, index - 1, customValues), upperBound(schema, index, customValues)] as const;
    const bounds = side === 'positive' ? { lower: ends[0], upper: ends[1] } : { lower: -ends[1], upper: -ends[0] };
    const rest = keptOf(before, bounds, { ...cut, isLinear: schema === CUSTOM_BUCKETS });
    kept[i] = rest.count;
    if (rest.count !== before) isWhole = false;
    count += rest.count;
    sum += rest.count * rest.value;
  }
  const buckets: Buckets = { spans: histogram[side].spans, counts: kept };
  return { buckets, count, sum, isWhole };
}

type BucketCut = Cut & { readonly isLinear: boolean };

function keptOf(count: number, bounds: Bounds, cut: BucketCut): Kept {
  const { lower, upper } = bounds;
  const isBelow = upper <= cut.at;
  const isAbove = lower >= cut.at;
  if (cut.keeps === 'below' ? isBelow : isAbove) return { count, value: middleOf(bounds, cut.isLinear) };
  if (cut.keeps === 'below' ? isAbove : isBelow) return { count: 0, value: 0 };
  if (lower === -Infinity) return keptOfLowest(count, upper, cut);
  // Nothing is known of where observations lie in the last bucket: all of them stay above what is in it.
  if (upper === Infinity) return cut.keeps === 'below' ? { count: 0, value: 0 } : { count, value: cut.at };
  const share = shareBelow(bounds, cut);
  if (cut.keeps === 'below') return { count: count * share, value: middleOf({ lower, upper: cut.at }, cut.isLinear) };
  return { count: count - count * share, value: middleOf({ lower: cut.at, upper }, cut.isLinear) };
}

/** Of a bucket without lower bound, cut inside: it begins at 0 when it ends above; else nothing is known, and it goes. */
function keptOfLowest(count: number, upper: number, { at, keeps }: Cut): Kept {
  const endsAboveZero = upper > 0 && upper !== Infinity;
  if (keeps === 'below') {
    if (at > 0 && endsAboveZero) return { count: (count * at) / upper, value: at / 2 };
    return upper <= 0 ? { count, value: at } : { count: 0, value: 0 };
  }
  return at >= 0 && endsAboveZero
    ? { count: count * (1 - at / upper), value: (at + upper) / 2 }
    : { count: 0, value: 0 };
}

function shareBelow({ lower, upper }: Bounds, { at, isLinear }: BucketCut): number {
  if (isLinear) return (at - lower) / (upper - lower);
  const [logLower, logUpper, log] = [Math.log2(Math.abs(lower)), Math.log2(Math.abs(upper)), Math.log2(Math.abs(at))];
  return lower >= 0 ? (log - logLower) / (logUpper - logLower) : 1 - (log - logUpper) / (logLower - logUpper);
}

/** The value that stands for the observations of a bucket: the arithmetic or the geometric mean of its bounds. */
function middleOf({ lower, upper }: Bounds, isLinear: boolean): number {
  if (lower === -Infinity) return upper === Infinity ? 0 : upper > 0 ? upper / 2 : upper;
  if (upper === Infinity) return lower;
  if (isLinear) return (lower + upper) / 2;
  return (lower < 0 ? -1 : 1) * Math.sqrt(Math.abs(lower * upper));
}

/** The zero bucket lies on one side of zero only when all other observations do. */
function keptOfZero({ zeroCount, zeroThreshold, positive, negative }: NativeHistogram, { at, keeps }: Cut): Kept {
  const [hasPositive, hasNegative] = [positive, negative].map(({ counts }) => counts.some((count) => count !== 0));
  const lower = hasPositive && !hasNegative ? 0 : -zeroThreshold;
  const upper = hasNegative && !hasPositive ? 0 : zeroThreshold;
  const whole = { count: zeroCount, value: (lower + upper) / 2 };
  const nothing = { count: 0, value: 0 };
  if (at <= lower) return keeps === 'below' ? nothing : whole;
  if (at >= upper) return keeps === 'below' ? whole : nothing;
  if (keeps === 'below') return { count: zeroCount * ((at - lower) / (upper - lower)), value: (lower + at) / 2 };
  return { count: zeroCount * ((upper - at) / (upper - lower)), value: (at + upper) / 2 };
}
