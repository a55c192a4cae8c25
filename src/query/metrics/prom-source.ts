import type { Matcher } from '#core/metric-query/query.ts';
import type { Labels } from '#core/model/labels.ts';
import type { Clock } from '#io/clock.ts';
import type { Interval, PromSource, Pushdown, SourceOptions, SourceSeries } from '#query/promql/source.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { type Catalogue, whole } from './catalogue.ts';
import { readExemplars, readMetadata } from './prom-source-details.ts';
import { readFloats } from './prom-source-floats.ts';
import { familiesWithHistograms, mergeHistograms, readHistograms } from './prom-source-histograms.ts';
import { intervalOf, lastOfSteps, valuesAtSteps } from './prom-source-last.ts';
import { labelNames, labelValues } from './prom-source-names.ts';
import { joinRollups, type RollupQuestion, readRollups } from './prom-source-rollups.ts';
import type { Retention } from './resolution.ts';
import type { SeriesRef } from './series-source.ts';

/** Series of one selector; beyond it the selection is refused. */
const MAX_SERIES = 250_000;

export type PromSourceParts = {
  readonly store: TelemetryStore;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly retention: Retention;
  /** The time (ms) before which all samples are in the rollups. */
  readonly completeUntil: () => number;
};

/** Times that the store can hold, ms: some minutes before the epoch, as a lookback may begin, to the year 2100. */
const FIRST_MS = -86_400_000;
const LAST_MS = 4_102_444_800_000;

const bounded = ({ from, to }: Interval): Interval => ({ from: Math.max(from, FIRST_MS), to: Math.min(to, LAST_MS) });

/** PromQL's view of the store: raw samples and histograms where they are kept, rollups before. */
export function createPromSource(parts: PromSourceParts): PromSource {
  const { store } = parts;
  return {
    select: (matchers, interval, options) => select(parts, matchers, bounded(interval), options),
    pushdown: (pushed, options) => pushDown(parts, pushed, options),
    series: async (selectors, interval, { signal, limit }) =>
      (await refsOfAll(parts, selectors, interval, signal)).slice(0, limit).map(({ labels }) => labels),
    labelNames: (selectors, interval, options) => labelNames(parts, selectors, interval, options),
    labelValues: (label, selectors, interval, options) => labelValues(parts, label, { selectors, interval }, options),
    metadata: (metric, limit) => readMetadata(store, metric, limit),
    exemplars: async (selectors, interval, { signal }) =>
      readExemplars(store, await refsOfAll(parts, selectors, interval, signal), bounded(interval), signal),
  };
}

/**
 * The last value of each step, found in the engine where steps are long: that is a fraction of the samples. What the
 * engine's functions for time series would do is not faster than to read the samples, and not Prometheus' arithmetic.
 */
async function pushDown(
  parts: PromSourceParts,
  pushed: Pushdown,
  { signal }: SourceOptions,
): Promise<VectorSeries[] | undefined> {
  const last = lastOfSteps(pushed);
  if (last === undefined) return undefined;
  const { store } = parts;
  const interval = bounded(intervalOf(last));
  const refs = await refsOf(parts, pushed.matchers, interval, signal);
  if (refs.length === 0) return [];
  if ((await familiesWithHistograms(store, refs, interval, signal)).size > 0) return undefined;
  const [floats, rollups] = await Promise.all([
    readFloats(store, refs, { interval, lastOf: last, signal }),
    readRollups(store, refs, rollupQuestion(parts, interval), signal),
  ]);
  return refs.flatMap(({ id, labels }) => {
    const samples = joinRollups(rollups.get(id), floats.get(id));
    return samples === undefined ? [] : valuesAtSteps({ labels: withoutEmpty(labels), samples }, last);
  });
}

const rollupQuestion = ({ clock, retention, completeUntil }: PromSourceParts, interval: Interval): RollupQuestion => ({
  ...{ interval, now: clock.now(), retention, completeUntil: completeUntil() },
});

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
    readFloats(store, refs, { interval, signal }),
    readHistograms(store, refs, interval, signal),
    readRollups(store, refs, rollupQuestion(parts, interval), signal),
  ]);
  return refs.flatMap(({ id, labels }): SourceSeries[] => {
    const raw = joinRollups(rollups.get(id), floats.get(id));
    const points = histograms.get(id);
    const samples = points === undefined ? raw : mergeHistograms(raw, points);
    return samples === undefined || samples.t.length === 0 ? [] : [{ labels: withoutEmpty(labels), samples }];
  });
}

async function refsOf(
  { catalogue }: PromSourceParts,
  matchers: readonly Matcher[],
  interval: Interval,
  signal: AbortSignal,
): Promise<readonly SeriesRef[]> {
  return whole(await catalogue.selectSome(matchers, { range: interval, limit: MAX_SERIES, signal }), MAX_SERIES);
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

function withoutEmpty(labels: Labels): Labels {
  for (const name in labels) {
    if (labels[name] === '') return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
  }
  return labels;
}
