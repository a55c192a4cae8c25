import { type Buckets, CUSTOM_BUCKETS, type NativeHistogram } from '#core/model/histogram.ts';

const MIN_SCHEMA = -4;
const MAX_SCHEMA = 8;

/**
 * Why a histogram makes no sense, or undefined: the checks of Prometheus (model/histogram, `Validate`). Counts of float
 * histograms are not compared with their sum, which rounding may move.
 */
export function histogramProblem(histogram: NativeHistogram, isFloat: boolean): string | undefined {
  const { schema, positive, negative } = histogram;
  const isCustom = schema === CUSTOM_BUCKETS;
  if (!isCustom && (schema < MIN_SCHEMA || schema > MAX_SCHEMA)) return `schema ${schema} is not known`;
  return (
    sideProblem(positive, 'positive', isCustom) ??
    sideProblem(negative, 'negative', isCustom) ??
    (isCustom ? customProblem(histogram) : exponentialProblem(histogram)) ??
    (isFloat ? undefined : countProblem(histogram))
  );
}

function sideProblem({ spans, counts }: Buckets, side: string, isCustom: boolean): string | undefined {
  if (spans.some(({ offset }, i) => offset < 0 && (i > 0 || isCustom)))
    return `a ${side} span starts before the one before`;
  const buckets = sum(spans.map(({ length }) => length));
  if (buckets !== counts.length)
    return `the ${side} spans have ${buckets} buckets, but there are ${counts.length} counts`;
  return counts.some((count) => count < 0) ? `a ${side} bucket has a negative count` : undefined;
}

function exponentialProblem({ customValues }: NativeHistogram): string | undefined {
  return customValues.length > 0 ? 'custom bounds belong to the schema of custom buckets' : undefined;
}

function customProblem(histogram: NativeHistogram): string | undefined {
  const { customValues: bounds, positive, negative, zeroCount, zeroThreshold } = histogram;
  if (zeroCount !== 0 || zeroThreshold !== 0) return 'custom buckets have no zero bucket';
  if (negative.spans.length > 0 || negative.counts.length > 0) return 'custom buckets have no negative side';
  if (bounds.some((bound, i) => !(bound > (bounds[i - 1] ?? -Infinity)) || bound === Infinity))
    return 'the custom bounds do not rise, or hold +Inf';
  const last = sum(positive.spans.map(({ offset, length }) => offset + length));
  return last > bounds.length + 1 ? `the spans go beyond the ${bounds.length} custom bounds` : undefined;
}

/** Observations of NaN are counted, but in no bucket: then the sum is NaN. */
function countProblem({ count, sum: total, zeroCount, positive, negative }: NativeHistogram): string | undefined {
  const inBuckets = zeroCount + sum(positive.counts) + sum(negative.counts);
  const fits = Number.isNaN(total) ? inBuckets <= count : inBuckets === count;
  return fits ? undefined : `${inBuckets} observations are in its buckets, but it counts ${count}`;
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
