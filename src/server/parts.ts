import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { StorageStatus } from '#core/api/status.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import type { InputPlugin } from '#core/plugin/input.ts';
import { createAccess } from '#features/access/index.ts';
import { ReadTracker } from '#features/cardinality/index.ts';
import { createDashboards } from '#features/dashboards/index.ts';
import { createEventsFeature } from '#features/events/index.ts';
import { createInventory } from '#features/inventory/index.ts';
import { webAccessDashboard } from '#features/log-metrics/index.ts';
import { createLogPatterns } from '#features/log-patterns/index.ts';
import { createSavedSearches } from '#features/saved-searches/index.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import { createIngest } from '#pipeline/index.ts';
import { createMetrics } from '#query/metrics/index.ts';
import { Painter } from '#query/picture/index.ts';
import { createTelemetry } from '#storage/clickhouse/index.ts';
import { createState } from '#storage/postgres/index.ts';
import { createScraper } from '#work/scrape/index.ts';
import { createCollectorParts } from './collector-parts.ts';
import type { Config } from './config/schema.ts';
import { stateMigrations } from './migrations.ts';
import { createQueryParts } from './query-parts.ts';
import { createRuleParts, type RulePartsOptions } from './rule-parts.ts';
import { storageStatus } from './storage-status.ts';

export type PartsOptions = {
  readonly config: Config;
  readonly version: string;
  readonly inputs: ReadonlyMap<string, InputPlugin>;
  readonly collectors: ReadonlyMap<string, CollectorPlugin>;
  readonly clock: Clock;
  readonly logger: Logger;
};

export type Parts = ReturnType<typeof createParts>;

/** Builds every part and hands each what it needs; nothing runs yet. */
export function createParts(options: PartsOptions) {
  const { config, version, inputs, clock, logger } = options;
  const dataDir = resolve(config.data);
  const host = config.host ?? hostname();
  const tools = { clock, logger };
  const telemetry = createTelemetry({ dataDir, config: config.storage, ...tools, ...urlOf(config.clickhouse) });
  const state = createState({ dataDir, url: config.postgres.url, migrations: stateMigrations, ...tools });
  const ingest = createIngest({
    spoolDir: join(dataDir, 'spool'),
    ...{ config: config.ingest, inputs, inputSettings: config.inputs, store: telemetry.store },
    onStored: ({ table, oldest, spans }) => {
      metrics.noticeStored(table, oldest);
      if (table === 'logs') rules.noticeLines(spans);
    },
    ...tools,
  });
  const { store } = telemetry;
  const reads = new ReadTracker(clock.now);
  const metrics = createMetrics({
    ...{ store, clock, retention: config.storage.retention },
    ...{ completeUntil: telemetry.rollups.until, sampleCacheBytes: config.query.sampleCache },
    onRead: (series) => reads.note(series),
  });
  ingest.tap.onNewSeries(metrics.noticeNewSeries);
  const eraser = metrics.eraser({ intake: ingest, rollups: telemetry.rollups });
  const { db } = state;
  const patterns = createLogPatterns({ db, store, intake: ingest.logPatterns, events: ingest.events, clock });
  const queries = createQueryParts({ config, store, metrics, logs: patterns.logs, clock });
  const rules = createRuleParts({ config, db, store, ingest, metrics, reads, queries, eraser, ...tools });
  const access = createAccess({ db, events: ingest.events, version, host, ...tools });
  return {
    ...{ dataDir, host, telemetry, state, ingest, metrics, eraser, patterns, queries, access },
    painter: new Painter(),
    ...createCollectorParts(options, { host, dataDir, db, ingest, children: [telemetry, state] }),
    scraper: createScraper({ config: config.scrape, sink: ingest.records, ...tools }),
    ...createKept(options, { db, store, ingest }),
    ...rules,
    storageStatus: (): Promise<StorageStatus> => storageStatus(telemetry, state, dataDir),
  };
}

/** What users make and look through. */
function createKept(
  { collectors, clock }: PartsOptions,
  { db, store, ingest: { events } }: Pick<RulePartsOptions, 'db' | 'store' | 'ingest'>,
) {
  return {
    dashboards: createDashboards({ db, builtIn: builtInDashboards(collectors), events, clock }),
    events: createEventsFeature({ store, events, clock }),
    inventory: createInventory({ store, clock }),
    savedSearches: createSavedSearches({ db, clock }),
  };
}

function urlOf({ url }: { readonly url?: string | undefined }): { readonly url?: string } {
  return url === undefined ? {} : { url };
}

function builtInDashboards(collectors: ReadonlyMap<string, CollectorPlugin>) {
  const ofCollectors = [...collectors].flatMap(([id, { dashboard }]) =>
    dashboard === undefined ? [] : [{ id: `builtin-${id}`, dashboard }],
  );
  return [...ofCollectors, { id: 'builtin-web-access', dashboard: webAccessDashboard }];
}
