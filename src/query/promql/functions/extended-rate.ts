import type { Sample, Window } from '#query/promql/function-def.ts';

/** The place of the last sample at or before the start of a window that reaches back; the first one if there is none. */
export function anchorIndex({ samples: { t }, from, to, start }: Window): number {
  let index = from;
  while (index + 1 < to && (t[index + 1] as number) <= start) index++;
  return index;
}

/** The samples at or next outside the ends of a window; undefined when all are before it, or all after a smoothed one. */
export function edgesOf(
  window: Window,
  isSmoothed: boolean,
): { readonly first: number; readonly last: number } | undefined {
  const { samples, from, to, start, end } = window;
  if (from === to) return undefined;
  const first = anchorIndex(window);
  let last = isSmoothed ? from : to - 1;
  while (last < to - 1 && (samples.t[last] as number) < end) last++;
  if ((samples.t[last] as number) <= start) return undefined;
  return isSmoothed && (samples.t[first] as number) > end ? undefined : { first, last };
}

/**
 * The change over exactly the window, of `anchored` and `smoothed` selectors: from the value at its start, that before it
 * or interpolated, to the value at its end (Prometheus, promql/functions.go: extendedRate). Floats.
 */
export function extendedRate(
  { isCounter, isRate }: { readonly isCounter: boolean; readonly isRate: boolean },
  window: Window,
  isSmoothed: boolean,
): Sample {
  const edges = edgesOf(window, isSmoothed);
  if (edges === undefined) return undefined;
  const { first, last } = edges;
  const { samples, start, end } = window;
  const { t, v } = samples;
  const at = (i: number, time: number): number => interpolate(samples, i, time, isCounter);
  const left = isSmoothed && (t[first] as number) < start ? at(first, start) : (v[first] as number);
  const right = isSmoothed && last > window.from && (t[last] as number) > end ? at(last - 1, end) : (v[last] as number);
  let change = right - left;
  if (isCounter) {
    const inside = v.subarray(
      (t[first] as number) <= start ? first + 1 : first,
      (t[last] as number) >= end ? last : last + 1,
    );
    change += lostByResets(left, right, inside);
  }
  return isRate ? change / ((end - start) / 1000) : change;
}

function interpolate({ t, v }: Window['samples'], i: number, time: number, isCounter: boolean): number {
  const [t0, t1] = [t[i] as number, t[i + 1] as number];
  const right = v[i + 1] as number;
  const left = isCounter && right < (v[i] as number) ? 0 : (v[i] as number);
  return left + ((right - left) * (time - t0)) / (t1 - t0);
}

function lostByResets(left: number, right: number, inside: Float64Array): number {
  let lost = 0;
  let previous = left;
  for (const value of [...inside, right]) {
    if (value < previous) lost += previous;
    previous = value;
  }
  return lost;
}
