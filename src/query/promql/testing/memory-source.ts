import type { Matcher } from '#core/metric-query/query.ts';
import type { NativeHistogram } from '#core/model/histogram.ts';
import { canonicalKey, type Labels } from '#core/model/labels.ts';
import { matchesAll } from '#query/promql/functions/matchers.ts';
import type { PromSource, SourceSeries } from '#query/promql/source.ts';
import type { RawSamples } from '#query/promql/value.ts';

/** A sample in memory; t in ms. */
export type MemorySample = { readonly t: number; readonly value: number | NativeHistogram | 'stale' };

/** Series in memory. */
export type MemoryStore = {
  /** Adds samples; one of the same series and time is replaced. */
  readonly append: (labels: Labels, samples: readonly MemorySample[]) => void;
  readonly clear: () => void;
  readonly source: PromSource;
};

type MemorySeries = { readonly labels: Labels; readonly samples: Map<number, MemorySample['value']> };

/** A source over series in memory, for tests and trials of queries. It evaluates nothing itself. */
export function createMemoryStore(): MemoryStore {
  const all = new Map<string, MemorySeries>();
  const matching = (matchers: readonly Matcher[]): MemorySeries[] =>
    [...all.values()].filter(({ labels }) =>
      matchers.every((matcher) => matchesAll([matcher], labels[matcher.label] ?? '')),
    );
  const labelsOf = (selectors: readonly (readonly Matcher[])[]): Labels[] =>
    [...new Set(selectors.flatMap(matching))].map(({ labels }) => labels);
  return {
    append: (labels, samples) => {
      const key = canonicalKey(labels);
      let series = all.get(key);
      if (series === undefined) all.set(key, (series = { labels, samples: new Map() }));
      for (const { t, value } of samples) series.samples.set(t, value);
    },
    clear: () => all.clear(),
    source: {
      select: async (matchers, { from, to }) =>
        matching(matchers)
          .map(({ labels, samples }): SourceSeries => ({ labels, samples: rawSamples(samples, from, to) }))
          .filter(({ samples }) => samples.t.length > 0),
      series: async (selectors) => labelsOf(selectors),
      labelNames: async (selectors) => [...new Set(labelsOf(selectors).flatMap((labels) => Object.keys(labels)))],
      labelValues: async (label, selectors) => [
        ...new Set(labelsOf(selectors).flatMap((labels) => labels[label] ?? [])),
      ],
      metadata: async () => [],
      exemplars: async () => [],
    },
  };
}

const STALE_BITS = 0x7ff0000000000002n;

function rawSamples(samples: ReadonlyMap<number, MemorySample['value']>, from: number, to: number): RawSamples {
  const found = [...samples].filter(([t]) => t >= from && t <= to).sort(([a], [b]) => a - b);
  const v = new Float64Array(found.length);
  const bits = new BigUint64Array(v.buffer);
  const histograms = found.map(([, value]) => (typeof value === 'object' ? value : undefined));
  for (const [i, [, value]] of found.entries()) {
    if (value === 'stale') bits[i] = STALE_BITS;
    else if (typeof value === 'number') v[i] = value;
  }
  const t = Float64Array.from(found, ([time]) => time);
  return histograms.some((histogram) => histogram !== undefined) ? { t, v, histograms } : { t, v };
}
