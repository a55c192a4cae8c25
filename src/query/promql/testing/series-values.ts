import type { NativeHistogram } from '#core/model/histogram.ts';
import { addHistograms, subtractHistograms } from '#query/promql/histogram/index.ts';
import { histogramOf } from './histogram-literal.ts';
import { numberOf } from './number-literal.ts';

/** One place of a series in a script: a sample, a stale marker, or nothing. */
export type ScriptSample = number | NativeHistogram | 'stale' | undefined;

const NUMBER = String.raw`[+-]?(?:[Ii]nf|[Nn]a[Nn]|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)`;
const NUMBERS = new RegExp(`^(${NUMBER})(?:([+-])(${NUMBER}))?(?:x(\\d+))?`);
const HISTOGRAMS = /^\{\{(.*?)\}\}(?:([+-])\{\{(.*?)\}\})?(?:x(\d+))?/;
const GAP = /^_(?:x(\d+))?/;
const STALE = /^stale(?:x(\d+))?/;

/** The samples that a series is written with: `1 2+3x4 _ stale {{schema:0 …}}x2`. */
export function readValues(text: string): ScriptSample[] {
  const samples: ScriptSample[] = [];
  let rest = text.trimStart();
  while (rest !== '' && !rest.startsWith('#')) {
    rest = rest.slice(readNext(rest, samples)).trimStart();
  }
  return samples;
}

/** Appends what the text begins with, and says how many characters it takes. */
function readNext(text: string, samples: ScriptSample[]): number {
  const gap = GAP.exec(text);
  if (gap !== null)
    return append(
      samples,
      gap,
      Array.from({ length: Number(gap[1] ?? 1) }, () => undefined),
    );
  const stale = STALE.exec(text);
  if (stale !== null)
    return append(
      samples,
      stale,
      Array.from({ length: Number(stale[1] ?? 0) + 1 }, () => 'stale' as const),
    );
  const histograms = HISTOGRAMS.exec(text);
  if (histograms !== null) return append(samples, histograms, expandHistograms(histograms));
  const numbers = NUMBERS.exec(text);
  if (numbers === null) throw new Error(`not a value: ${text}`);
  return append(samples, numbers, expandNumbers(numbers));
}

function append(samples: ScriptSample[], [whole]: RegExpExecArray, found: readonly ScriptSample[]): number {
  samples.push(...found);
  return whole.length;
}

function expandNumbers([, first = '', sign, by, times = '0']: RegExpExecArray): number[] {
  const step = by === undefined ? 0 : numberOf(by) * (sign === '-' ? -1 : 1);
  const numbers = [numberOf(first)];
  for (let i = 0; i < Number(times); i++) {
    const last = numbers.at(-1) as number;
    numbers.push(by === undefined ? last : last + step);
  }
  return numbers;
}

function expandHistograms([, first = '', sign, by, times = '0']: RegExpExecArray): NativeHistogram[] {
  const start = histogramOf(first);
  const step = by === undefined ? undefined : histogramOf(by);
  const histograms = [start];
  for (let i = 0; i < Number(times); i++) {
    histograms.push(nextHistogram(histograms.at(-1) ?? start, step, sign));
  }
  return histograms;
}

function nextHistogram(
  last: NativeHistogram,
  step: NativeHistogram | undefined,
  sign: string | undefined,
): NativeHistogram {
  if (step === undefined) return last;
  const next = sign === '-' ? subtractHistograms(last, step) : addHistograms(last, step);
  if (next === undefined) throw new Error('histograms of different kinds in one series');
  return { ...next.histogram, resetHint: last.resetHint };
}
