import type { NativeHistogram } from '#core/model/histogram.ts';
import type { CallContext } from '#query/promql/function-def.ts';
import { addHistograms, subtractHistograms } from '#query/promql/histogram/index.ts';
import { boundsReconciled } from './annotation-text.ts';

/** Where notes go. */
type Notes = Pick<CallContext, 'annotate'>;

/** a + b; notes reconciled bounds at argument 0. Undefined for a mix of exponential and custom buckets. */
export function addNoted(a: NativeHistogram, b: NativeHistogram, context: Notes): NativeHistogram | undefined {
  const sum = addHistograms(a, b);
  if (sum?.boundsReconciled === true) context.annotate('info', boundsReconciled('addition'), 0);
  return sum?.histogram;
}

/** a − b, as {@link addNoted}. */
export function subtractNoted(a: NativeHistogram, b: NativeHistogram, context: Notes): NativeHistogram | undefined {
  const difference = subtractHistograms(a, b);
  if (difference?.boundsReconciled === true) context.annotate('info', boundsReconciled('subtraction'), 0);
  return difference?.histogram;
}
