import { type Buckets, CUSTOM_BUCKETS, type NativeHistogram } from '#core/model/histogram.ts';
import { canonicalKey, type Labels } from '#core/model/labels.ts';
import { omitLabels } from '#query/promql/eval/label-sets.ts';
import { numberOf } from './number-literal.ts';
import type { ScriptSeries } from './script.ts';
import type { ScriptSample } from './series-values.ts';

type Parts = { readonly buckets: Map<number, number>; count?: number; sum: number };
type Classic = { readonly labels: Labels; readonly at: Map<number, Parts> };

const NONE: Buckets = { spans: [], counts: new Float64Array() };

/** Native histograms with custom buckets of the classic histograms among the series (`load_with_nhcb`). */
export function nativeOfClassic(series: readonly ScriptSeries[]): ScriptSeries[] {
  const classics = new Map<string, Classic>();
  for (const one of series) collect(one, classics);
  return [...classics.values()].map(({ labels, at }) => {
    const samples: ScriptSample[] = [];
    for (const [i, parts] of at) samples[i] = histogramFrom(parts);
    return { labels, samples: Array.from(samples) };
  });
}

function collect({ labels, samples }: ScriptSeries, classics: Map<string, Classic>): void {
  const [, name, part] = /^(.*)_(bucket|count|sum)$/.exec(labels['__name__'] ?? '') ?? [];
  if (name === undefined) return;
  const bound = part === 'bucket' ? boundOf(labels['le']) : 0;
  const base = { ...omitLabels(labels, ['le']), __name__: name };
  const key = canonicalKey(base);
  let classic = classics.get(key);
  if (classic === undefined) classics.set(key, (classic = { labels: base, at: new Map() }));
  if (bound === undefined) return;
  for (const [i, sample] of samples.entries()) {
    const value = sample === 'stale' ? Number.NaN : sample;
    if (typeof value !== 'number') continue;
    let parts = classic.at.get(i);
    if (parts === undefined) classic.at.set(i, (parts = { buckets: new Map(), sum: 0 }));
    if (part === 'bucket') parts.buckets.set(bound, value);
    else if (part === 'count') parts.count = value;
    else parts.sum = value;
  }
}

function boundOf(text = ''): number | undefined {
  try {
    const bound = numberOf(text);
    return Number.isNaN(bound) ? undefined : bound;
  } catch {
    return undefined;
  }
}

function histogramFrom({ buckets, count, sum }: Parts): NativeHistogram {
  const bounds = [...buckets.keys()].sort((a, b) => a - b);
  const cumulative = bounds.map((bound) => buckets.get(bound) ?? 0);
  const total = count ?? cumulative.at(-1) ?? 0;
  if (bounds.at(-1) !== Number.POSITIVE_INFINITY) cumulative.push(total);
  const counts = Float64Array.from(cumulative, (value, i) => value - (cumulative[i - 1] ?? 0));
  return {
    schema: CUSTOM_BUCKETS,
    resetHint: 'unknown',
    count: total,
    sum,
    zeroThreshold: 0,
    zeroCount: 0,
    positive: { spans: [{ offset: 0, length: counts.length }], counts },
    negative: NONE,
    customValues: Float64Array.from(bounds.filter((bound) => Number.isFinite(bound))),
  };
}
