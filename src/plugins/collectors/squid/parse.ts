import { CollectError } from '#core/plugin/collect-error.ts';
import type { CollectedValue, Collection } from '#core/plugin/collector.ts';
import type { SQUID_METRICS } from './metrics.ts';

type Metric = keyof typeof SQUID_METRICS;
type Labels = Readonly<Record<string, string>>;
/** What a line begins with, the metric its number becomes, labels, and a factor to the base unit. */
type Figure = readonly [name: string, metric: Metric, labels?: Labels, factor?: number];

const KIB = 1_024;
const PERCENT = 0.01;
const [received, sent] = [{ direction: 'received' }, { direction: 'sent' }];
const [memory, disk] = [{ place: 'memory' }, { place: 'disk' }];

const COUNTERS: readonly Figure[] = [
  ['client_http.requests', 'squid_client_requests_total'],
  ['client_http.hits', 'squid_client_hits_total'],
  ['client_http.errors', 'squid_client_errors_total'],
  ['aborted_requests', 'squid_client_aborted_total'],
  ['client_http.kbytes_in', 'squid_client_traffic_bytes_total', received, KIB],
  ['client_http.kbytes_out', 'squid_client_traffic_bytes_total', sent, KIB],
  ['client_http.hit_kbytes_out', 'squid_client_hit_bytes_total', {}, KIB],
  ...['http', 'ftp', 'other'].flatMap((protocol): Figure[] => [
    [`server.${protocol}.requests`, 'squid_server_requests_total', { protocol }],
    [`server.${protocol}.errors`, 'squid_server_errors_total', { protocol }],
    [`server.${protocol}.kbytes_in`, 'squid_server_traffic_bytes_total', { protocol, ...received }, KIB],
    [`server.${protocol}.kbytes_out`, 'squid_server_traffic_bytes_total', { protocol, ...sent }, KIB],
  ]),
  ['swap.outs', 'squid_swaps_total', { direction: 'out' }],
  ['swap.ins', 'squid_swaps_total', { direction: 'in' }],
  ['cpu_time', 'squid_cpu_time_seconds_total'],
  ['page_faults', 'squid_page_faults_total'],
];

const INFO: readonly Figure[] = [
  ['UP Time', 'squid_uptime_seconds_total'],
  ['Number of clients accessing cache', 'squid_clients'],
  ['HTTP Requests (All)', 'squid_service_time_median_seconds', { kind: 'all' }],
  ['Cache Misses', 'squid_service_time_median_seconds', { kind: 'miss' }],
  ['Cache Hits', 'squid_service_time_median_seconds', { kind: 'hit' }],
  ['Near Hits', 'squid_service_time_median_seconds', { kind: 'near_hit' }],
  ['Not-Modified Replies', 'squid_service_time_median_seconds', { kind: 'not_modified' }],
  ['DNS Lookups', 'squid_service_time_median_seconds', { kind: 'dns' }],
  ['Storage Mem size', 'squid_storage_bytes', memory, KIB],
  ['Storage Swap size', 'squid_storage_bytes', disk, KIB],
  ['Storage Mem capacity', 'squid_storage_used_ratio', memory, PERCENT],
  ['Storage Swap capacity', 'squid_storage_used_ratio', disk, PERCENT],
  ['Maximum Resident Size', 'squid_memory_peak_bytes', {}, KIB],
  ['Number of file desc currently in use', 'squid_files_open'],
  ['Maximum number of file descriptors', 'squid_files_limit'],
];
/** Lines that say the number first. */
const OBJECTS: readonly Figure[] = [
  ['StoreEntries with MemObjects', 'squid_objects', memory],
  ['on-disk objects', 'squid_objects', disk],
];

/** The report `counters`: lines `client_http.requests = 12`. Throws `protocol` for another text. */
export function parseCounters(text: string): Collection {
  const lines = new Map([...text.matchAll(/^([\w.]+) = (.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
  if (!lines.has('client_http.requests')) throw notSquid('counters', text);
  return { values: figures(COUNTERS, lines) };
}

/** The report `info`, for people: a name, a colon, a number, and whatever else. Throws `protocol` for another text. */
export function parseInfo(text: string): Collection {
  const version = /^Squid Object Cache: Version (\S+)/m.exec(text)?.[1];
  if (version === undefined) throw notSquid('info', text);
  const lines = new Map(
    [...text.matchAll(/^[ \t]*([^:\n]+):[ \t]*(\S.*)$/gm)].map(([, name = '', value = '']) => [name.trim(), value]),
  );
  const objects = new Map(
    [...text.matchAll(/^\s*(\d+) (\D+)$/gm)].map(([, value = '', name = '']) => [name.trim(), value]),
  );
  const started = Date.parse(lines.get('Start Time') ?? '');
  return {
    values: [
      { metric: 'squid_info', labels: { version }, value: 1 },
      ...figures(INFO, lines),
      ...figures(OBJECTS, objects),
    ],
    ...(Number.isFinite(started) ? { startedAt: started } : {}),
  };
}

/** For the golden cases. */
export const parsers = { counters: parseCounters, info: parseInfo };

function figures(table: readonly Figure[], lines: ReadonlyMap<string, string>): CollectedValue[] {
  return table.flatMap(([name, metric, labels, factor = 1]) => {
    const value = Number.parseFloat(lines.get(name) ?? '') * factor;
    return Number.isFinite(value) ? [{ metric, ...(labels === undefined ? {} : { labels }), value }] : [];
  });
}

function notSquid(report: string, text: string): CollectError {
  const begin = JSON.stringify(text.slice(0, 60));
  return new CollectError('protocol', `this is not the report ${report} of Squid; it begins with ${begin}`);
}
