import type { NativeHistogram } from '#core/model/histogram.ts';
import { canonicalKey, type Labels } from '#core/model/labels.ts';
import { allBuckets } from '#query/promql/histogram/index.ts';
import type { ScriptSeries } from './script.ts';
import type { ScriptSample } from './series-values.ts';

type Found = number | NativeHistogram;

/** A series of an answer: its samples by their time in ms. */
export type AnswerSeries = { readonly labels: Labels; readonly samples: ReadonlyMap<number, Found> };

const TOLERANCE = 1e-6;
const SMALLEST_NORMAL = 2 ** -1022;

/** Whether two floats are as good as equal: relative difference below 1e-6, NaN equal to NaN. */
export function isClose(a: number, b: number): boolean {
  if (Object.is(a, b) || a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  const sum = Math.abs(a) + Math.abs(b);
  const difference = Math.abs(a - b);
  if (a === 0 || b === 0 || sum < SMALLEST_NORMAL) return difference < TOLERANCE * SMALLEST_NORMAL;
  return difference / Math.min(sum, Number.MAX_VALUE) < TOLERANCE;
}

/** What is wrong with the series of an answer; undefined: they are as expected at the times `start` + i · `step`. */
export function compareSeries(
  answer: readonly AnswerSeries[],
  expected: readonly ScriptSeries[],
  { start, step, isOrdered }: { readonly start: number; readonly step: number; readonly isOrdered: boolean },
): string | undefined {
  const wanted = new Map(expected.map((series, i) => [canonicalKey(series.labels), { i, series }]));
  const seen = new Set<string>();
  for (const [position, { labels, samples }] of answer.entries()) {
    const key = canonicalKey(labels);
    const text = JSON.stringify(labels);
    const want = wanted.get(key);
    if (want === undefined) return `unexpected series ${text} ${[...samples.values()].map(textOf).join(' ')}`;
    if (seen.has(key)) return `duplicate series ${text}`;
    if (isOrdered && want.i !== position) return `${text} at position ${position}, not ${want.i}`;
    seen.add(key);
    const wrong = compareSamples(samples, want.series.samples, (i) => start + i * step);
    if (wrong !== undefined) return `${text}: ${wrong}`;
  }
  const missing = [...wanted].filter(([key]) => !seen.has(key)).map(([, { series }]) => JSON.stringify(series.labels));
  return missing.length === 0 ? undefined : `missing series ${missing.join(', ')}`;
}

function compareSamples(
  found: ReadonlyMap<number, Found>,
  expected: readonly ScriptSample[],
  timeOf: (i: number) => number,
): string | undefined {
  const times = new Set([...expected.keys()].filter((i) => expected[i] !== undefined).map(timeOf));
  const extra = [...found.keys()].find((t) => !times.has(t));
  if (extra !== undefined) return `unexpected sample at ${extra}: ${textOf(found.get(extra))}`;
  for (const [i, want] of expected.entries()) {
    const sample = found.get(timeOf(i));
    if (want !== undefined && !isSame(sample, want)) return `${textOf(sample)} at ${timeOf(i)}, not ${textOf(want)}`;
  }
  return undefined;
}

function isSame(found: Found | undefined, want: Exclude<ScriptSample, undefined>): boolean {
  if (want === 'stale') return typeof found === 'number' && Number.isNaN(found);
  if (typeof want === 'number') return typeof found === 'number' && isClose(found, want);
  return typeof found === 'object' && isSameHistogram(found, want);
}

function isSameHistogram(a: NativeHistogram, b: NativeHistogram): boolean {
  if (!isClose(a.count, b.count) || !isClose(a.sum, b.sum)) return false;
  const [left, right] = [a, b].map((histogram) => allBuckets(histogram).filter(({ count }) => count !== 0));
  if (left === undefined || right === undefined || left.length !== right.length) return false;
  return left.every((bucket, i) =>
    (['lower', 'upper', 'count'] as const).every((field) => isClose(bucket[field], right[i]?.[field] ?? Number.NaN)),
  );
}

function textOf(sample: ScriptSample): string {
  if (typeof sample !== 'object') return String(sample);
  const buckets = allBuckets(sample).map(({ lower, upper, count }) => `(${lower},${upper}]:${count}`);
  return `{count:${sample.count} sum:${sample.sum} ${buckets.join(' ')}}`;
}
