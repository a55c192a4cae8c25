import type { MetricSummary, RangeRequest, Resolution } from '#core/api/query.ts';
import type { Labels } from '#core/model/labels.ts';
import type { Clock } from '#io/clock.ts';
import type { PromSource } from '#query/promql/source.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import { createKeptRecords, type KeptRecords } from './kept-records.ts';
import { MetricList, type MetricListOptions } from './metric-list.ts';
import { createPromSource } from './prom-source.ts';
import { readStatistics, type TsdbStatistics } from './prom-source-statistics.ts';
import { queryRange, type RangeAnswer } from './range.ts';
import { type GridAnswer, type GridQuestion, readGrid } from './read-grid.ts';
import { readRaw } from './read-raw.ts';
import { type RecentOptions, readRecent } from './recent.ts';
import { RefCache } from './ref-cache.ts';
import { finestKept, type Retention, SCHEMA_RETENTION } from './resolution.ts';
import { createSeriesEraser, type EraserParts, type SeriesEraser } from './series-eraser.ts';
import type { RawSeries, SeriesRef, TimeRange } from './series-source.ts';

export type MetricsOptions = {
  readonly store: TelemetryStore;
  readonly clock: Clock;
  /** Retention of the tables when it differs from the schema's. */
  readonly retention?: Retention;
  /** The time (ms) before which all samples are in the rollups; default: 10 minutes ago. */
  readonly completeUntil?: () => number;
  /** Told of the series of each selection that a query makes. */
  readonly onRead?: (series: readonly { readonly labels: Labels }[]) => void;
  /**
   * Bytes of raw samples that are kept in memory; default: none. Whoever sets it calls `noticeStored` for all that comes
   * into the store.
   */
  readonly sampleCacheBytes?: number;
};

const ROLLUP_LAG_MS = 600_000;

/** Metrics over the store: discovery, ranges, raw samples. */
export type Metrics = {
  readonly catalogue: Catalogue;
  /** A range with automatic resolution, for charts. Throws `bad_query`, `limit_series`, `limit_rows`, `limit_time`. */
  readonly range: (request: RangeRequest, signal?: AbortSignal) => Promise<RangeAnswer>;
  /** Raw samples in `[from, to)`; series without any are absent. Throws `limit_rows`. */
  readonly raw: (refs: readonly SeriesRef[], range: TimeRange, signal?: AbortSignal) => Promise<RawSeries[]>;
  /** As `raw`, thinned to `maxPoints` a series, and `family` 0 is allowed: for live snapshots. */
  readonly recent: (refs: readonly SeriesRef[], options: RecentOptions) => Promise<RawSeries[]>;
  /** Stored rows on a grid; the plan says which table and step. Throws `limit_rows`. */
  readonly grid: (question: Omit<GridQuestion, 'now' | 'completeUntil'>) => Promise<GridAnswer>;
  /** The finest table that still keeps rows of this time. */
  readonly finestAt: (fromMs: number) => Resolution;
  /** The metrics of label series, by name; the answer may be some seconds old. */
  readonly listMetrics: (options: MetricListOptions) => Promise<MetricSummary[]>;
  /** What PromQL reads from. */
  readonly prom: PromSource;
  /** Deletes series from the store. */
  readonly eraser: (tools: Pick<EraserParts, 'intake' | 'rollups'>) => SeriesEraser;
  /** What the catalogue holds most of; each list has the `limit` largest. */
  readonly statistics: (limit: number) => Promise<TsdbStatistics>;
  /** Tells of new series: selections that were kept are read again. */
  readonly noticeNewSeries: () => void;
  /** Tells that the store has more rows of a table, before their senders are told; `oldest` is the time of the first, ms. */
  readonly noticeStored: KeptRecords['noticeStored'];
  /** Memory that kept samples take, and may take. */
  readonly sampleCacheSize: KeptRecords['size'];
};

/** Builds the metrics part over a store. */
export function createMetrics(options: MetricsOptions): Metrics {
  const { store, clock, retention = SCHEMA_RETENTION } = options;
  const completeUntil = options.completeUntil ?? ((): number => clock.now() - ROLLUP_LAG_MS);
  const cache = new RefCache(clock);
  const catalogue = watchedCatalogue(createCatalogue(store, cache), options.onRead);
  const list = new MetricList(store, clock);
  const kept = createKeptRecords(store, options.sampleCacheBytes);
  const parts = { store, catalogue, clock, retention, completeUntil, ...kept.parts };
  const forgetSelections = (): void => {
    cache.clear();
    list.markStale();
  };
  const forgetAll = (): void => {
    forgetSelections();
    kept.forget();
  };
  return {
    catalogue,
    range: (request, signal) => queryRange(parts, request, signal),
    raw: (refs, range, signal) => readRaw(parts, refs, range, signal),
    recent: (refs, recentOptions) => readRecent(store, refs, recentOptions),
    grid: (question) => readGrid(parts, { ...question, now: clock.now(), completeUntil: completeUntil() }),
    finestAt: (fromMs) => finestKept(fromMs, clock.now(), retention),
    listMetrics: (listOptions) => list.find(listOptions),
    prom: createPromSource(parts),
    eraser: (tools) =>
      createSeriesEraser({ store, catalogue, clock, retention, forgetSelections: forgetAll, ...tools }),
    statistics: (limit) => readStatistics(store, limit),
    noticeNewSeries: forgetSelections,
    noticeStored: kept.noticeStored,
    sampleCacheSize: kept.size,
  };
}

/** Selections of queries are told; what is read to look after the catalogue itself (`read`) is not. */
function watchedCatalogue(catalogue: Catalogue, onRead: MetricsOptions['onRead']): Catalogue {
  if (onRead === undefined) return catalogue;
  return {
    ...catalogue,
    selectSome: async (matchers, options) => {
      const found = await catalogue.selectSome(matchers, options);
      onRead(found.series);
      return found;
    },
    select: async (matchers, options) => {
      const found = await catalogue.select(matchers, options);
      onRead(found);
      return found;
    },
  };
}
