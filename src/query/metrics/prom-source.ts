import type { Matcher } from '#core/metric-query/query.ts';
import { createFunctions } from '#query/promql/functions/index.ts';
import type { Interval, PromSource, SourceOptions, SourceSeries } from '#query/promql/source.ts';
import { readExemplars, readMetadata } from './prom-source-details.ts';
import { readFloats } from './prom-source-floats.ts';
import { mergeHistograms, readHistograms } from './prom-source-histograms.ts';
import { labelNames, labelValues } from './prom-source-names.ts';
import { bounded, type PromSourceParts, refsOf, rollupQuestion, withoutEmpty } from './prom-source-parts.ts';
import { pushDown } from './prom-source-pushdown.ts';
import { joinRollups, readRollups } from './prom-source-rollups.ts';
import type { SeriesRef } from './series-source.ts';

/** PromQL's view of the store: raw samples and histograms where they are kept, rollups before. */
export function createPromSource(parts: PromSourceParts): PromSource {
  const { store } = parts;
  const functions = createFunctions();
  return {
    select: (matchers, interval, options) => select(parts, matchers, bounded(interval), options),
    pushdown: (pushed, options) => pushDown(parts, functions, { pushed, ...options }),
    series: async (selectors, interval, { signal, limit }) =>
      (await refsOfAll(parts, selectors, interval, signal)).slice(0, limit).map(({ labels }) => labels),
    labelNames: (selectors, interval, options) => labelNames(parts, selectors, interval, options),
    labelValues: (label, selectors, interval, options) => labelValues(parts, label, { selectors, interval }, options),
    metadata: (metric, limit) => readMetadata(store, metric, limit),
    exemplars: async (selectors, interval, { signal }) =>
      readExemplars(store, await refsOfAll(parts, selectors, interval, signal), bounded(interval), signal),
  };
}

async function select(
  parts: PromSourceParts,
  matchers: readonly Matcher[],
  interval: Interval,
  { signal }: SourceOptions,
): Promise<SourceSeries[]> {
  const { store } = parts;
  const refs = await refsOf(parts, matchers, interval, signal);
  if (refs.length === 0) return [];
  const [floats, histograms, rollups] = await Promise.all([
    readFloats(parts, refs, { interval, signal }),
    readHistograms(parts, refs, interval, signal),
    readRollups(store, refs, rollupQuestion(parts, interval), signal),
  ]);
  return refs.flatMap(({ id, labels }): SourceSeries[] => {
    const raw = joinRollups(rollups.get(id), floats.get(id));
    const points = histograms.get(id);
    const samples = points === undefined ? raw : mergeHistograms(raw, points);
    return samples === undefined || samples.t.length === 0 ? [] : [{ labels: withoutEmpty(labels), samples }];
  });
}

/** The series that any of the selectors match, each once. */
async function refsOfAll(
  parts: PromSourceParts,
  selectors: readonly (readonly Matcher[])[],
  interval: Interval,
  signal: AbortSignal,
): Promise<SeriesRef[]> {
  const found = await Promise.all(selectors.map((matchers) => refsOf(parts, matchers, interval, signal)));
  return [...new Map(found.flat().map((ref) => [ref.id, ref])).values()];
}
