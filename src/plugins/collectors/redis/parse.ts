import { CollectError } from '#core/plugin/collect-error.ts';
import type { CollectedState, CollectedValue, Collection } from '#core/plugin/collector.ts';

type Metric = { readonly metric: string; readonly scale?: number; readonly labels?: Readonly<Record<string, string>> };

const MICRO = 1e-6;

/** Fields of INFO by name. `scale` brings them to the base unit. */
const FIELDS: Readonly<Record<string, Metric>> = {
  uptime_in_seconds: { metric: 'redis_uptime_seconds_total' },
  connected_clients: { metric: 'redis_clients_connected' },
  blocked_clients: { metric: 'redis_clients_blocked' },
  maxclients: { metric: 'redis_clients_limit' },
  client_recent_max_input_buffer: { metric: 'redis_clients_max_input_buffer_bytes' },
  client_recent_max_output_buffer: { metric: 'redis_clients_max_output_buffer_bytes' },
  total_connections_received: { metric: 'redis_connections_received_total' },
  rejected_connections: { metric: 'redis_connections_rejected_total' },
  used_memory: { metric: 'redis_memory_used_bytes' },
  used_memory_peak: { metric: 'redis_memory_peak_bytes' },
  used_memory_rss: { metric: 'redis_memory_rss_bytes' },
  used_memory_lua: { metric: 'redis_memory_lua_bytes' },
  mem_fragmentation_ratio: { metric: 'redis_memory_fragmentation_ratio' },
  maxmemory: { metric: 'redis_maxmemory_bytes' },
  total_commands_processed: { metric: 'redis_commands_processed_total' },
  keyspace_hits: { metric: 'redis_keyspace_hits_total' },
  keyspace_misses: { metric: 'redis_keyspace_misses_total' },
  expired_keys: { metric: 'redis_keys_expired_total' },
  evicted_keys: { metric: 'redis_keys_evicted_total' },
  total_net_input_bytes: { metric: 'redis_net_input_bytes_total' },
  total_net_output_bytes: { metric: 'redis_net_output_bytes_total' },
  total_error_replies: { metric: 'redis_errors_total' },
  connected_slaves: { metric: 'redis_replicas_connected' },
  master_repl_offset: { metric: 'redis_replication_offset_bytes' },
  repl_backlog_first_byte_offset: { metric: 'redis_replication_backlog_first_byte_offset_bytes' },
  master_last_io_seconds_ago: { metric: 'redis_replication_last_io_seconds' },
  rdb_changes_since_last_save: { metric: 'redis_rdb_changes_since_last_save' },
  rdb_last_save_time: { metric: 'redis_rdb_last_save_timestamp_seconds' },
  latest_fork_usec: { metric: 'redis_latest_fork_seconds', scale: MICRO },
  used_cpu_sys: { metric: 'redis_cpu_time_seconds_total', labels: { state: 'sys' } },
  used_cpu_user: { metric: 'redis_cpu_time_seconds_total', labels: { state: 'user' } },
  used_cpu_sys_children: { metric: 'redis_cpu_time_seconds_total', labels: { state: 'sys_children' } },
  used_cpu_user_children: { metric: 'redis_cpu_time_seconds_total', labels: { state: 'user_children' } },
  cluster_enabled: { metric: 'redis_cluster_enabled' },
};

/** What `INFO all` says. Throws `protocol` for what is none. */
export function parseInfo(text: string): Collection {
  const lines = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const info = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
  const runId = info.get('run_id');
  if (runId === undefined) throw new CollectError('protocol', 'the answer to INFO has no run_id: this is no Redis');
  const values = [...info].flatMap(([name, value]) => valuesOf(name, value));
  return { values: [about(info), ...values], states: statesOf(info), runId };
}

function about(info: ReadonlyMap<string, string>): CollectedValue {
  const labels = {
    redis_version: info.get('redis_version') ?? '',
    redis_mode: info.get('redis_mode') ?? '',
    os: info.get('os') ?? '',
  };
  return { metric: 'redis_info', labels, value: 1 };
}

function valuesOf(name: string, text: string): CollectedValue[] {
  const field = FIELDS[name];
  if (field !== undefined) return numberOf(field, text);
  if (/^db\d+$/.test(name)) return databaseValues(name, pairsOf(text));
  if (name.startsWith('cmdstat_')) return commandValues(name.slice('cmdstat_'.length), pairsOf(text));
  return [];
}

/** Large counters lose their last digits: a sample is a float64. */
function numberOf({ metric, scale = 1, labels }: Metric, text: string): CollectedValue[] {
  const number = text === '' ? Number.NaN : Number(text);
  // -1 stands for "not known" in Redis.
  if (!Number.isFinite(number) || number < 0) return [];
  return [{ metric, value: number * scale, ...(labels === undefined ? {} : { labels }) }];
}

/** `keys=2,expires=1,avg_ttl=999` */
function pairsOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(text.split(',').map((pair) => pair.split('=', 2)));
}

function databaseValues(db: string, { keys = '', expires = '', avg_ttl: ttl = '' }: Readonly<Record<string, string>>) {
  const labels = { db };
  return [
    ...numberOf({ metric: 'redis_db_keys', labels }, keys),
    ...numberOf({ metric: 'redis_db_expires', labels }, expires),
    ...(ttl === '0' ? [] : numberOf({ metric: 'redis_db_avg_ttl_seconds', labels, scale: 1e-3 }, ttl)),
  ];
}

function commandValues(cmd: string, pairs: Readonly<Record<string, string>>): CollectedValue[] {
  const { calls = '', usec = '', rejected_calls: rejected = '0', failed_calls: failed = '0' } = pairs;
  const labels = { cmd };
  return [
    ...numberOf({ metric: 'redis_cmd_calls_total', labels }, calls),
    ...numberOf({ metric: 'redis_cmd_time_seconds_total', labels, scale: MICRO }, usec),
    ...numberOf({ metric: 'redis_cmd_failed_total', labels }, String(Number(rejected) + Number(failed))),
  ];
}

function statesOf(info: ReadonlyMap<string, string>): CollectedState[] {
  const states: CollectedState[] = [];
  const add = (metric: string, field: string, labels?: Readonly<Record<string, string>>): void => {
    const state = info.get(field);
    if (state !== undefined) states.push({ metric, state, ...(labels === undefined ? {} : { labels }) });
  };
  add('redis_role', 'role');
  add('redis_replication_link', 'master_link_status');
  add('redis_persistence', 'rdb_last_bgsave_status', { kind: 'rdb' });
  add('redis_persistence', 'aof_last_write_status', { kind: 'aof' });
  return states;
}

/** For the golden cases. */
export const parsers = { info: parseInfo };
