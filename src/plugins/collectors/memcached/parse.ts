import { CollectError } from '#core/plugin/collect-error.ts';
import type { CollectedValue, Collection } from '#core/plugin/collector.ts';
import type { MEMCACHED_METRICS } from './metrics.ts';

type Metric = keyof typeof MEMCACHED_METRICS;
type Labels = Readonly<Record<string, string>>;

/** Where each figure of `stats` goes. */
const FIGURES: readonly (readonly [stat: string, metric: Metric, labels?: Labels])[] = [
  ['uptime', 'memcached_uptime_seconds_total'],
  ['bytes', 'memcached_bytes'],
  ['limit_maxbytes', 'memcached_limit_bytes'],
  ['curr_items', 'memcached_current_items'],
  ['total_items', 'memcached_items_total'],
  ['curr_connections', 'memcached_connections_current'],
  ['max_connections', 'memcached_connections_limit'],
  ['total_connections', 'memcached_connections_total'],
  ['rejected_connections', 'memcached_connections_rejected_total'],
  ['conn_yields', 'memcached_connection_yields_total'],
  ['listen_disabled_num', 'memcached_listen_disabled_total'],
  ['evictions', 'memcached_evictions_total'],
  ['evicted_unfetched', 'memcached_evicted_unfetched_total'],
  ['expired_unfetched', 'memcached_expired_unfetched_total'],
  ['reclaimed', 'memcached_reclaimed_total'],
  ['threads', 'memcached_threads'],
  ['bytes_read', 'memcached_network_bytes_total', { direction: 'received' }],
  ['bytes_written', 'memcached_network_bytes_total', { direction: 'sent' }],
  ['rusage_user', 'memcached_cpu_usage_seconds_total', { state: 'user' }],
  ['rusage_system', 'memcached_cpu_usage_seconds_total', { state: 'system' }],
  ...['get', 'set', 'flush', 'touch', 'meta'].map(
    (command) => [`cmd_${command}`, 'memcached_commands_total', { command }] as const,
  ),
  ...['get', 'delete', 'incr', 'decr', 'cas', 'touch'].flatMap((operation) =>
    ['hit', 'miss'].map(
      (type) =>
        [
          `${operation}_${type === 'hit' ? 'hits' : 'misses'}`,
          'memcached_operations_total',
          { operation, type },
        ] as const,
    ),
  ),
];

const SLAB_FIGURES: Readonly<Record<string, Metric>> = {
  number: 'memcached_slab_items',
  evicted: 'memcached_slab_evictions_total',
  outofmemory: 'memcached_slab_out_of_memory_total',
};

/** The answer to `stats`. Throws `protocol` for another text. */
export function parseStats(answer: string): Collection {
  const stats = new Map(statLines(answer));
  const [pid, time, uptime] = ['pid', 'time', 'uptime'].map((name) => stats.get(name));
  if (pid === undefined || uptime === undefined) {
    throw new CollectError(
      'protocol',
      `this is no answer to stats; it begins with ${JSON.stringify(answer.slice(0, 60))}`,
    );
  }
  const version = stats.get('version') ?? '';
  const values = FIGURES.flatMap(([stat, metric, labels]) => valueOf(metric, stats.get(stat), labels));
  return {
    values: [{ metric: 'memcached_info', labels: { version }, value: 1 }, ...values],
    // The moment of the start moves by a second between answers; with the process it is the same run.
    ...(time === undefined ? { runId: pid } : { startedAt: (Number(time) - Number(uptime)) * 1_000 }),
  };
}

/** The answer to `stats items`: figures by slab class. */
export function parseItems(answer: string): readonly CollectedValue[] {
  return statLines(answer).flatMap(([name, text]) => {
    const [, slab = '', figure = ''] = /^items:(\d+):(\w+)$/.exec(name) ?? [];
    const metric = SLAB_FIGURES[figure];
    return metric === undefined ? [] : valueOf(metric, text, { slab });
  });
}

/** For the golden cases. */
export const parsers = { stats: parseStats, items: parseItems };

function statLines(answer: string): (readonly [name: string, value: string])[] {
  return [...answer.matchAll(/^STAT (\S+) (.*?)\r?$/gm)].map(([, name = '', value = '']) => [name, value] as const);
}

function valueOf(metric: Metric, text: string | undefined, labels?: Labels): CollectedValue[] {
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? [{ metric, value, ...(labels === undefined ? {} : { labels }) }] : [];
}
