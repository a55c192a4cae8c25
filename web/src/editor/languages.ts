import type { Language } from '#core/api/text-query.ts';

/** The languages as they are offered. */
export const LANGUAGE_LABELS: readonly { readonly value: Language; readonly label: string }[] = [
  { value: 'metrics', label: 'Metrics' },
  { value: 'promql', label: 'PromQL' },
  { value: 'graphite', label: 'Graphite' },
  { value: 'logs', label: 'Logs' },
  { value: 'sql', label: 'SQL' },
];

/** A query to begin with, shown while the field is empty. */
export const EXAMPLES: Readonly<Record<Language, string>> = {
  metrics: 'sum by (cpu_mode) (rate(system_cpu_time_seconds_total))',
  promql: 'sum by (cpu_mode) (rate(system_cpu_time_seconds_total[1m]))',
  graphite: 'aliasByNode(servers.*.load, 1)',
  logs: 'level:error | timechart count() by host',
  sql: 'SELECT toStartOfInterval(t, INTERVAL $__interval SECOND) AS time, avg(v) FROM samples WHERE $__timeFilter(t) GROUP BY time ORDER BY time',
};
