import { parse } from 'csv-parse/sync';
import { CollectError } from '#core/plugin/collect-error.ts';
import type { CollectedState, CollectedValue, Collection } from '#core/plugin/collector.ts';
import type { HAPROXY_METRICS, ROW_STATES } from './metrics.ts';

type Row = Readonly<Record<string, string>>;
type Metric = keyof typeof HAPROXY_METRICS;
type RowState = (typeof ROW_STATES)[number];
type Figure = readonly [column: string, metric: Metric, labels?: Readonly<Record<string, string>>];

const FIGURES: readonly Figure[] = [
  ['scur', 'haproxy_sessions_count'],
  ['slim', 'haproxy_sessions_limit'],
  ['stot', 'haproxy_sessions_total'],
  ['bin', 'haproxy_input_bytes_total'],
  ['bout', 'haproxy_output_bytes_total'],
  ['req_tot', 'haproxy_requests_total'],
  ['qcur', 'haproxy_requests_queued'],
  ['dreq', 'haproxy_requests_denied_total'],
  ['ereq', 'haproxy_requests_errors_total'],
  ['dresp', 'haproxy_responses_denied_total'],
  ['eresp', 'haproxy_responses_errors_total'],
  ['econ', 'haproxy_connections_errors_total'],
  ['wretr', 'haproxy_connections_retries_total'],
  ['wredis', 'haproxy_redispatches_total'],
  ['lbtot', 'haproxy_selected_total'],
  ['act', 'haproxy_servers_active'],
  ['bck', 'haproxy_servers_backup'],
  ['weight', 'haproxy_weight'],
  ['chkfail', 'haproxy_checks_failed_total'],
  ['chkdown', 'haproxy_downs_total'],
  ['downtime', 'haproxy_downtime_seconds_total'],
  ['check_duration', 'haproxy_check_duration_seconds'],
  ...['1xx', '2xx', '3xx', '4xx', '5xx', 'other'].map(
    (code) => [`hrsp_${code}`, 'haproxy_responses_total', { code }] as const,
  ),
  ...Object.entries({ qtime: 'queue', ctime: 'connect', rtime: 'response', ttime: 'total' }).map(
    ([column, phase]) => [column, 'haproxy_time_average_seconds', { phase }] as const,
  ),
];
/** These count ms. */
const MILLISECONDS = new Set(['check_duration', 'qtime', 'ctime', 'rtime', 'ttime']);
const TYPES = ['frontend', 'backend', 'server', 'listener'];

/** By the word the status begins with: `UP 1/3` is up, and about to go down. */
const STATES: Readonly<Record<string, RowState>> = {
  UP: 'up',
  DOWN: 'down',
  NOLB: 'nolb',
  MAINT: 'maint',
  DRAIN: 'drain',
  no: 'no_check',
  OPEN: 'open',
  FULL: 'full',
  STOP: 'stopped',
};

/** The table of statistics (`;csv`). Throws `protocol` for another text. */
export function parseTable(answer: string): Collection {
  const text = answer.trimStart();
  if (!text.startsWith('# pxname,svname,')) {
    const begin = JSON.stringify(text.slice(0, 60));
    throw new CollectError('protocol', `this is no table of HAProxy's statistics; it begins with ${begin}`);
  }
  const rows = parse<Row>(text.slice(2), {
    columns: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  return { values: rows.flatMap(valuesOf), states: rows.flatMap(stateOf) };
}

/** For the golden cases. */
export const parsers = { stats: parseTable };

function labelsOf({ pxname: proxy = '', svname: server = '', type = '' }: Row): Readonly<Record<string, string>> {
  return { proxy, type: TYPES[Number(type)] ?? 'server', server };
}

/** An empty field is not 0: it means nothing for this row. */
function valuesOf(row: Row): CollectedValue[] {
  const labels = labelsOf(row);
  return FIGURES.flatMap(([column, metric, more]) => {
    const text = row[column] ?? '';
    if (!/^\d+$/.test(text)) return [];
    const value = MILLISECONDS.has(column) ? Number(text) / 1_000 : Number(text);
    return [{ metric, labels: { ...labels, ...more }, value }];
  });
}

function stateOf(row: Row): CollectedState[] {
  const state = STATES[/^\w+/.exec(row['status'] ?? '')?.[0] ?? ''];
  return state === undefined ? [] : [{ metric: 'haproxy_status', labels: labelsOf(row), state }];
}
