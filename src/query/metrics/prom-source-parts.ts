import type { Matcher } from '#core/metric-query/query.ts';
import type { Labels } from '#core/model/labels.ts';
import type { Clock } from '#io/clock.ts';
import type { Interval } from '#query/promql/source.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { type Catalogue, whole } from './catalogue.ts';
import type { HistogramPresence } from './histogram-presence.ts';
import type { RollupQuestion } from './prom-source-rollups.ts';
import type { Retention } from './resolution.ts';
import type { SampleCache } from './sample-cache.ts';
import type { SeriesRef } from './series-source.ts';

/** Series of one selector; beyond it the selection is refused. */
const MAX_SERIES = 250_000;

/** Times that the store can hold, ms: some before the epoch, as a lookback may begin, to the year 2100. */
const FIRST_MS = -86_400_000;
const LAST_MS = 4_102_444_800_000;

export type PromSourceParts = {
  readonly store: TelemetryStore;
  /** Absent: nothing tells of samples that come into the store, so that none can be kept. */
  readonly sampleCache?: SampleCache;
  /** Absent likewise. */
  readonly histogramPresence?: HistogramPresence;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly retention: Retention;
  /** The time (ms) before which all samples are in the rollups. */
  readonly completeUntil: () => number;
};

/** What of an interval the store can hold. */
export const bounded = ({ from, to }: Interval): Interval => ({
  from: Math.max(from, FIRST_MS),
  to: Math.min(to, LAST_MS),
});

/** What to ask the rollups for an interval. */
export const rollupQuestion = (
  { clock, retention, completeUntil }: PromSourceParts,
  interval: Interval,
): RollupQuestion => ({ interval, now: clock.now(), retention, completeUntil: completeUntil() });

/** The series of a selector. Throws `limit_series`. */
export async function refsOf(
  { catalogue }: PromSourceParts,
  matchers: readonly Matcher[],
  interval: Interval,
  signal: AbortSignal,
): Promise<readonly SeriesRef[]> {
  return whole(await catalogue.selectSome(matchers, { range: interval, limit: MAX_SERIES, signal }), MAX_SERIES);
}

/** An empty label is an absent one. */
export function withoutEmpty(labels: Labels): Labels {
  for (const name in labels) {
    if (labels[name] === '') return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
  }
  return labels;
}
