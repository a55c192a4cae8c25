import type { NativeHistogram } from '#core/model/histogram.ts';
import { addHistograms, divideHistogram, scaleHistogram } from './arithmetic.ts';

/** A sum or mean of many histograms, and what had to be done for it. */
export type Total = {
  readonly histogram: NativeHistogram;
  /** Some know of a counter reset, others that there was none. */
  readonly resetCollision: boolean;
  readonly boundsReconciled: boolean;
};

/** The sum of at least one histogram; undefined for a mix of exponential and custom buckets. */
export function sumOfHistograms(histograms: readonly NativeHistogram[]): Total | undefined {
  return fold(histograms, (sum) => sum, addHistograms);
}

/**
 * The mean of at least one histogram; undefined as for sums. By way of the sum, or of running means where that would
 * overflow.
 */
export function meanOfHistograms(histograms: readonly NativeHistogram[]): Total | undefined {
  const count = histograms.length;
  const direct = fold(histograms, (sum) => divideHistogram(sum, count), addHistograms);
  if (direct === undefined || !overflows(direct.histogram) || histograms.some(overflows)) return direct;
  return fold(
    histograms,
    (mean) => mean,
    (mean, each, i) => addHistograms(scaleHistogram(mean, i / (i + 1)), divideHistogram(each, i + 1)),
  );
}

type Step = (
  total: NativeHistogram,
  each: NativeHistogram,
  index: number,
) => { readonly histogram: NativeHistogram; readonly boundsReconciled: boolean } | undefined;

function fold(
  histograms: readonly NativeHistogram[],
  finish: (total: NativeHistogram) => NativeHistogram,
  step: Step,
): Total | undefined {
  const [first, ...others] = histograms;
  if (first === undefined) return undefined;
  let total = first;
  let boundsReconciled = false;
  for (const [i, each] of others.entries()) {
    const next = step(total, each, i + 1);
    if (next === undefined) return undefined;
    total = next.histogram;
    boundsReconciled ||= next.boundsReconciled;
  }
  const has = (hint: NativeHistogram['resetHint']): boolean => histograms.some(({ resetHint }) => resetHint === hint);
  return { histogram: finish(total), resetCollision: has('reset') && has('no_reset'), boundsReconciled };
}

function overflows({ count, sum, zeroCount, positive, negative }: NativeHistogram): boolean {
  const isInfinite = (value: number): boolean => Math.abs(value) === Infinity;
  return (
    [count, sum, zeroCount].some(isInfinite) || positive.counts.some(isInfinite) || negative.counts.some(isInfinite)
  );
}
