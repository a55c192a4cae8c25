import type { BucketSpan, Buckets, NativeHistogram } from '#core/model/histogram.ts';
import type { ExponentialBuckets, ExponentialPoint } from './export-request.ts';

const MIN_SCALE = -4;
const MAX_SCALE = 8;
/** Shifting further changes nothing more in 32 bits. */
const MAX_SHIFT = 31;
/** Prometheus' width of the zero bucket where the sender gives none. */
const ZERO_THRESHOLD = 1e-128;
/** Empty buckets cost less than another span up to here. */
const MAX_GAP = 2;

/**
 * An exponential histogram as a native one; a finer scale than 8 is reduced by merging buckets. Undefined when the scale is
 * below −4, which native histograms do not have.
 */
export function nativeHistogramOf(point: ExponentialPoint): NativeHistogram | undefined {
  if (point.scale < MIN_SCALE) return undefined;
  const shift = Math.min(MAX_SHIFT, Math.max(0, point.scale - MAX_SCALE));
  return {
    schema: Math.min(MAX_SCALE, point.scale),
    resetHint: 'unknown',
    count: point.count,
    sum: point.sum ?? 0,
    zeroThreshold: point.zeroThreshold > 0 ? point.zeroThreshold : ZERO_THRESHOLD,
    zeroCount: point.zeroCount,
    positive: sparse(merged(point.positive, shift)),
    negative: sparse(merged(point.negative, shift)),
    customValues: new Float64Array(),
  };
}

/** Counts from the first bucket on, none of them left out. */
type Dense = { readonly first: number; readonly counts: Float64Array };

/** OTLP's bucket i ends at base^(i+1), Prometheus' at base^i: hence the one. */
function merged({ offset, counts }: ExponentialBuckets, shift: number): Dense {
  if (counts.length === 0) return { first: 0, counts: new Float64Array() };
  const bucketOf = (i: number): number => ((offset + i) >> shift) + 1;
  const first = bucketOf(0);
  const dense = new Float64Array(bucketOf(counts.length - 1) - first + 1);
  for (const [i, count] of counts.entries()) {
    const at = bucketOf(i) - first;
    dense[at] = (dense[at] ?? 0) + count;
  }
  return { first, counts: dense };
}

/** Leaves out runs of empty buckets. */
function sparse({ first, counts }: Dense): Buckets {
  const runs = populatedRuns(counts);
  const spans = runs.map(([start, end], i): BucketSpan => {
    const before = runs[i - 1];
    return { offset: before === undefined ? first + start : start - before[1], length: end - start };
  });
  return { spans, counts: Float64Array.from(runs.flatMap(([start, end]) => [...counts.subarray(start, end)])) };
}

function populatedRuns(counts: Float64Array): [start: number, end: number][] {
  const runs: [start: number, end: number][] = [];
  for (const [i, count] of counts.entries()) {
    if (count === 0) continue;
    const last = runs.at(-1);
    if (last !== undefined && i - last[1] <= MAX_GAP) last[1] = i + 1;
    else runs.push([i, i + 1]);
  }
  return runs;
}
