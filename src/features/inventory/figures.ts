import type { HostSummary } from '#core/api/hosts.ts';
import type { QueryOptions, TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';

/** What the samples of the last minutes say of a host: everything but how many series it has. */
export type HostFigures = Omit<HostSummary, 'series'>;

type FiguresRow = Omit<HostFigures, 'lastSeenAt'> & { readonly lastSeenAt: string };

/** Interfaces whose traffic is no traffic of the host, or is counted at another interface already. */
const REPEATED_TRAFFIC = '^(lo|bond|br|docker|virbr|cni|flannel|cali|tun|tap|wg)';

const METRICS = `'system_uptime_seconds', 'system_cpu_utilization_ratio', 'system_cpu_load_average_1m',
  'system_cpu_logical_count', 'system_memory_utilization_ratio', 'system_filesystem_utilization_ratio',
  'system_network_io_bytes_total'`;
const FAMILIES = `arrayMap(name -> xxHash32(name), [${METRICS}])`;

/** `only` narrows to one host by the index of label pairs. */
const figuresSql = (only: string): string => `
WITH found AS (
  SELECT family, id, metric, labels['host'] AS host FROM nocmate.series
  WHERE family IN (${FAMILIES}) AND metric IN (${METRICS}) AND last_seen >= toDateTime({seenFrom:UInt32})
    AND labels['host'] != '' ${only}
    AND (metric != 'system_memory_utilization_ratio' OR labels['system_memory_state'] = 'used')
    AND (metric != 'system_network_io_bytes_total'
      OR NOT match(labels['network_interface_name'], '${REPEATED_TRAFFIC}'))
  LIMIT 1 BY family, id
)
SELECT host, max(seen) AS lastSeenAt,
  maxOrNullIf(last, metric = 'system_uptime_seconds') AS uptimeSeconds,
  maxOrNullIf(mean, metric = 'system_cpu_utilization_ratio') AS cpuRatio,
  maxOrNullIf(last, metric = 'system_cpu_load_average_1m')
    / nullIf(maxOrNullIf(last, metric = 'system_cpu_logical_count'), 0) AS loadPerCore,
  maxOrNullIf(last, metric = 'system_memory_utilization_ratio') AS memoryRatio,
  maxOrNullIf(last, metric = 'system_filesystem_utilization_ratio') AS diskRatio,
  sumOrNullIf(rate, metric = 'system_network_io_bytes_total') AS networkBytesPerSecond
FROM (
  SELECT family, id, argMax(v, t) AS last, avg(v) AS mean, toUnixTimestamp64Milli(max(t)) AS seen,
    if(max(t) > min(t),
      greatest(0., argMax(v, t) - argMin(v, t)) * 1000 / (toUnixTimestamp64Milli(max(t)) - toUnixTimestamp64Milli(min(t))),
      NULL) AS rate
  FROM nocmate.samples
  WHERE family IN (${FAMILIES}) AND (family, id) IN (SELECT family, id FROM found)
    AND t >= fromUnixTimestamp64Milli({from:Int64}) AND NOT isNaN(v)
  GROUP BY family, id
) AS figures
INNER JOIN found USING (family, id)
GROUP BY host`;

const WINDOW_MS = 300_000;
const DAY_MS = 86_400_000;

/**
 * Figures of all hosts (or of one) that sent the metrics of the host collector within the last 5 minutes: the mean for
 * the CPU, rates for the network, the last value for the rest.
 */
export async function readFigures(
  store: TelemetryStore,
  now: number,
  options: { readonly host?: string; readonly signal?: AbortSignal } = {},
): Promise<HostFigures[]> {
  const { host, signal } = options;
  // last_seen of the catalogue is exact to the day only.
  const window = { from: now - WINDOW_MS, seenFrom: Math.floor((now - 2 * DAY_MS) / 1_000) };
  const query: QueryOptions = {
    params: host === undefined ? window : { ...window, host: `host=${host}` },
    ...(signal === undefined ? {} : { signal }),
  };
  const only = host === undefined ? '' : 'AND has(kv, {host:String})';
  const rows = await store.rows<FiguresRow>(figuresSql(only), query);
  return rows.map((row) => ({ ...row, lastSeenAt: Number(row.lastSeenAt) }));
}
