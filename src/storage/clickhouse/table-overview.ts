import type { StorageStatus } from '#core/api/status.ts';
import type { TelemetryConfig } from './config.ts';
import { retentionRules } from './schema/retention.ts';
import type { TelemetryStore } from './telemetry-store.ts';

const TITLES: Readonly<Record<string, string>> = {
  samples: 'Samples',
  histograms: 'Native histograms',
  exemplars: 'Exemplars',
  samples_5m: 'Samples per 5 minutes',
  samples_1h: 'Samples per hour',
  series: 'Series catalogue',
  label_values: 'Label values',
  paths: 'Graphite paths',
  path_nodes: 'Graphite path tree',
  logs: 'Logs',
  events: 'Events',
};

type Parts = { table: string; rows: number; bytes: number; parts: number; oldest: number; newest: number };

const PARTS = `SELECT table, toFloat64(sum(rows)) AS rows, toFloat64(sum(bytes_on_disk)) AS bytes,
  toFloat64(count()) AS parts, toFloat64(toUnixTimestamp(min(min_time))) * 1000 AS oldest,
  toFloat64(toUnixTimestamp(max(max_time))) * 1000 AS newest
FROM system.parts WHERE active AND database = currentDatabase() GROUP BY table`;

/** Size, age and retention of each table. Times in ms since the epoch, 0 where unknown; a retention of 0 is for ever. */
export async function tableOverview(store: TelemetryStore, config: TelemetryConfig): Promise<StorageStatus['tables']> {
  const parts = new Map((await store.rows<Parts>(PARTS)).map((row) => [row.table, row]));
  return retentionRules(config).map(({ table, keepMs }) => {
    const { rows = 0, bytes = 0, parts: count = 0, oldest = 0, newest = 0 } = parts.get(table) ?? {};
    const retentionMs = Number.isFinite(keepMs) ? keepMs : 0;
    return { table, title: TITLES[table] ?? table, rows, bytes, parts: count, oldest, newest, retentionMs };
  });
}
