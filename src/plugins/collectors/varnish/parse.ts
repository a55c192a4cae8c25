import type { CollectedValue } from '#core/plugin/collector.ts';
import { readCounters } from './counters.ts';
import type { VARNISH_METRICS } from './metrics.ts';

type Metric = keyof typeof VARNISH_METRICS;
type Labels = Readonly<Record<string, string>>;
/** Counters that add up to one series. */
type Figure = readonly [names: readonly string[], metric: Metric, labels?: Labels];
type Counters = ReadonlyMap<string, bigint>;

const MAIN: readonly Figure[] = [
  [['MAIN.uptime'], 'varnish_uptime_seconds_total'],
  [['MGT.child_start'], 'varnish_child_starts_total'],
  [['MAIN.client_req'], 'varnish_requests_total'],
  [['MAIN.client_req_400', 'MAIN.client_req_417'], 'varnish_requests_bad_total'],
  [['MAIN.cache_hit'], 'varnish_lookups_total', { result: 'hit' }],
  [['MAIN.cache_miss'], 'varnish_lookups_total', { result: 'miss' }],
  [['MAIN.cache_hitpass'], 'varnish_lookups_total', { result: 'hit_for_pass' }],
  [['MAIN.cache_hitmiss'], 'varnish_lookups_total', { result: 'hit_for_miss' }],
  [['MAIN.s_pass'], 'varnish_passes_total'],
  [['MAIN.s_pipe'], 'varnish_pipes_total'],
  [['MAIN.cache_hit_grace'], 'varnish_grace_hits_total'],
  [['MAIN.sess_conn'], 'varnish_sessions_total', { outcome: 'accepted' }],
  [['MAIN.sess_queued'], 'varnish_sessions_total', { outcome: 'queued' }],
  [['MAIN.sess_dropped'], 'varnish_sessions_total', { outcome: 'dropped' }],
  [['MAIN.s_req_hdrbytes', 'MAIN.s_req_bodybytes'], 'varnish_traffic_bytes_total', { direction: 'received' }],
  [['MAIN.s_resp_hdrbytes', 'MAIN.s_resp_bodybytes'], 'varnish_traffic_bytes_total', { direction: 'sent' }],
  [['MAIN.threads'], 'varnish_threads'],
  [['MAIN.threads_limited'], 'varnish_threads_failed_total', { reason: 'limited' }],
  [['MAIN.threads_failed'], 'varnish_threads_failed_total', { reason: 'failed' }],
  [['MAIN.thread_queue_len'], 'varnish_queue'],
  [['MAIN.n_object'], 'varnish_objects'],
  [['MAIN.n_expired'], 'varnish_objects_removed_total', { reason: 'expired' }],
  [['MAIN.n_lru_nuked'], 'varnish_objects_removed_total', { reason: 'nuked' }],
  [['MAIN.bans'], 'varnish_bans'],
  [['MAIN.fetch_failed'], 'varnish_fetch_failed_total'],
];

const STORAGE: readonly Figure[] = [
  [['g_bytes'], 'varnish_storage_used_bytes'],
  [['g_space'], 'varnish_storage_free_bytes'],
  [['c_fail'], 'varnish_storage_failures_total'],
];

const REASONS = ['eacces', 'eaddrnotavail', 'econnrefused', 'enetunreach', 'etimedout', 'other'];
const BACKEND: readonly Figure[] = [
  [['req'], 'varnish_backend_requests_total'],
  [['conn'], 'varnish_backend_connections'],
  [['fail', ...REASONS.map((reason) => `fail_${reason}`)], 'varnish_backend_failures_total'],
  [['unhealthy'], 'varnish_backend_refusals_total', { reason: 'unhealthy' }],
  [['busy'], 'varnish_backend_refusals_total', { reason: 'busy' }],
  [['bereq_hdrbytes', 'bereq_bodybytes'], 'varnish_backend_traffic_bytes_total', { direction: 'sent' }],
  [['beresp_hdrbytes', 'beresp_bodybytes'], 'varnish_backend_traffic_bytes_total', { direction: 'received' }],
];

/** What `varnishstat -1 -j` writes. Throws `protocol` for another text. */
export function parseStatistics(text: string): readonly CollectedValue[] {
  const counters = readCounters(text);
  const storages = grouped(counters, /^(?:SMA|SMF|SMU)\.([^.]+)\.(\w+)$/);
  const backends = grouped(counters, /^VBE\.([^.]+\..+)\.(\w+)$/);
  return [
    ...figures(MAIN, counters, {}),
    ...[...storages].flatMap(([storage, own]) => figures(STORAGE, own, { storage })),
    ...[...backends].flatMap(([name, own]) => {
      const labels = { vcl: name.slice(0, name.indexOf('.')), backend: name.slice(name.indexOf('.') + 1) };
      return [...figures(BACKEND, own, labels), ...probe(own, labels)];
    }),
  ];
}

/** For the golden cases. */
export const parsers = { statistics: parseStatistics };

/** Counters of several things, by thing and name. */
function grouped(counters: Counters, shape: RegExp): ReadonlyMap<string, Map<string, bigint>> {
  const groups = new Map<string, Map<string, bigint>>();
  for (const [full, value] of counters) {
    const [, thing, name = ''] = shape.exec(full) ?? [];
    if (thing === undefined) continue;
    const group = groups.get(thing) ?? new Map<string, bigint>();
    groups.set(thing, group.set(name, value));
  }
  return groups;
}

function figures(table: readonly Figure[], counters: Counters, labels: Labels): CollectedValue[] {
  return table.flatMap(([names, metric, more = {}]) => {
    const found = names.flatMap((name) => counters.get(name) ?? []);
    if (found.length === 0) return [];
    return [{ metric, labels: { ...labels, ...more }, value: Number(found.reduce((sum, one) => sum + one, 0n)) }];
  });
}

/** A bit for each of the last 64 probes, the last one is the lowest. None at all: no probes, unless it is known as sick. */
function probe(own: Counters, labels: Labels): CollectedValue[] {
  const happy = own.get('happy') ?? 0n;
  if (happy === 0n && (own.get('unhealthy') ?? 0n) === 0n) return [];
  return [{ metric: 'varnish_backend_probe_ok', labels, value: Number(happy & 1n) }];
}
