import type { GraphiteSource } from '#query/graphite/source.ts';
import { type StorageSchema, stepBySchema } from '#query/graphite/storage-schemas.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { findGraphiteEvents } from './graphite-source-events.ts';
import { fetchSeries } from './graphite-source-series.ts';
import { createTagIndex } from './graphite-source-tags.ts';
import { WantedSeries } from './graphite-source-wanted.ts';
import type { Metrics } from './metrics.ts';

const MAX_FOUND = 20_000;

/** What the source reads besides the metrics. Without a store there are no tags and events. */
export type GraphiteSourceOptions = {
  readonly schemas?: readonly StorageSchema[];
  readonly store?: TelemetryStore;
};

/** The storage side of the Graphite language over the metrics part. */
export function createGraphiteSource(metrics: Metrics, options: GraphiteSourceOptions = {}): GraphiteSource {
  const { schemas = [], store } = options;
  const wanted = new WantedSeries(stepBySchema(schemas));
  return {
    fetch: (request) => fetchSeries({ metrics, wanted }, request),
    find: (glob, { from, until, signal }) =>
      metrics.catalogue.findPaths(glob, {
        limit: MAX_FOUND,
        ...(from === undefined ? {} : { range: { from: from * 1000, to: (until ?? from) * 1000 } }),
        ...(signal === undefined ? {} : { signal }),
      }),
    ...(store === undefined
      ? {}
      : {
          events: (question) => findGraphiteEvents(store, question),
          tags: createTagIndex(metrics.catalogue, store),
        }),
  };
}
