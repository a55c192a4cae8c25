import type { Labels } from '#core/model/labels.ts';
import type { Window } from '#query/promql/function-def.ts';
import { isStale, type RawSamples, type Steps, wordsOf } from '#query/promql/value.ts';

/** A series of a range vector; stale markers are left out. */
export type MatrixSeries = { readonly labels: Labels; readonly samples: RawSamples; readonly dropName: boolean };

/** A range vector: for each step, the samples in (time − range, time]. */
export type Matrix = {
  readonly series: readonly MatrixSeries[];
  /** The steps of the evaluation, and what they refer to: with offset and `@`. */
  readonly steps: Steps;
  readonly times: Steps;
  readonly range: number;
  /** How much more a window has of what lies before and after it (`anchored`, `smoothed`), ms. */
  readonly before: number;
  readonly after: number;
};

/** The samples without stale markers. */
export function withoutStale(samples: RawSamples): RawSamples {
  const { t, v, histograms } = samples;
  const words = wordsOf(v);
  let stale = 0;
  for (let i = 0; i < v.length; i++) if (isStale(words, i)) stale++;
  if (stale === 0) return samples;
  const kept: number[] = [];
  for (let i = 0; i < v.length; i++) if (!isStale(words, i)) kept.push(i);
  return {
    t: Float64Array.from(kept, (i) => t[i] as number),
    v: Float64Array.from(kept, (i) => v[i] as number),
    ...(histograms === undefined ? {} : { histograms: kept.map((i) => histograms[i]) }),
  };
}

/** Samples `[from, to)` in (start, end]. */
export function cutSamples({ t, v, histograms }: RawSamples, start: number, end: number): RawSamples {
  let from = 0;
  while (from < t.length && (t[from] as number) <= start) from++;
  let to = from;
  while (to < t.length && (t[to] as number) <= end) to++;
  return {
    t: t.slice(from, to),
    v: v.slice(from, to),
    ...(histograms === undefined ? {} : { histograms: histograms.slice(from, to) }),
  };
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

/**
 * The window of a series at a step. Steps that go up cost a few comparisons each, since both ends only move on. The object
 * is the same at every step, so that none is allocated.
 */
export function createWindows(samples: RawSamples, matrix: Omit<Matrix, 'series'>): (step: number) => Window {
  const { t } = samples;
  const { times, range, steps, before, after } = matrix;
  const histogramsBefore = countHistograms(samples);
  const window: Mutable<Window> = {
    samples,
    from: 0,
    to: 0,
    start: 0,
    end: 0,
    time: 0,
    hasHistograms: false,
    hasFloats: false,
  };
  let previous = Number.NEGATIVE_INFINITY;
  return (step) => {
    const end = times.start + times.step * step;
    const start = end - range;
    if (end < previous) window.from = window.to = 0;
    previous = end;
    let { from, to } = window;
    while (to < t.length && (t[to] as number) <= end + after) to++;
    while (from < to && (t[from] as number) <= start - before) from++;
    window.from = from;
    window.to = to;
    window.start = start;
    window.end = end;
    window.time = steps.start + steps.step * step;
    const histograms =
      histogramsBefore === undefined ? 0 : (histogramsBefore[to] as number) - (histogramsBefore[from] as number);
    window.hasHistograms = histograms > 0;
    window.hasFloats = to - from > histograms;
    return window;
  };
}

/** How many of the first i records are histograms. */
function countHistograms({ histograms }: RawSamples): Uint32Array | undefined {
  if (histograms === undefined) return undefined;
  const before = new Uint32Array(histograms.length + 1);
  for (let i = 0; i < histograms.length; i++) {
    before[i + 1] = (before[i] as number) + (histograms[i] === undefined ? 0 : 1);
  }
  return before;
}
