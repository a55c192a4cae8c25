import type { NativeHistogram } from '#core/model/histogram.ts';
import type { CallContext, PromFunction, Window } from '#query/promql/function-def.ts';
import { equalHistograms, isResetBetween } from '#query/promql/histogram/index.ts';
import { anchorIndex } from './extended-rate.ts';
import { rangeFunction } from './range-function.ts';
import { extensionOf } from './window-samples.ts';

type Pairwise = {
  readonly floats: (previous: number, current: number) => boolean;
  readonly histograms: (previous: NativeHistogram, current: NativeHistogram) => boolean;
};

/** How many neighbours differ in a way; a float next to a histogram always does. */
function countPairs(window: Window, context: CallContext, differs: Pairwise): number | undefined {
  const { samples, to, start } = window;
  const isAnchored = extensionOf(context) === 'anchored';
  if (window.from === to || (isAnchored && (samples.t[to - 1] as number) <= start)) return undefined;
  let count = 0;
  for (let i = (isAnchored ? anchorIndex(window) : window.from) + 1; i < to; i++) {
    const [before, now] = [samples.histograms?.[i - 1], samples.histograms?.[i]];
    if (before !== undefined && now !== undefined) count += Number(differs.histograms(before, now));
    else if (before !== now) count++;
    else count += Number(differs.floats(samples.v[i - 1] as number, samples.v[i] as number));
  }
  return count;
}

const pairwise = (name: string, help: string, differs: Pairwise): PromFunction =>
  rangeFunction(name, help, (window, _scalars, context) => countPairs(window, context, differs));

/** `changes` and `resets`. */
export const changeFunctions: readonly PromFunction[] = [
  pairwise('changes', 'How many times the value changed within the range.', {
    floats: (previous, current) => current !== previous && !(Number.isNaN(current) && Number.isNaN(previous)),
    histograms: (previous, current) => !equalHistograms(previous, current),
  }),
  pairwise('resets', 'How many times a counter was reset within the range.', {
    floats: (previous, current) => current < previous,
    histograms: isResetBetween,
  }),
];
