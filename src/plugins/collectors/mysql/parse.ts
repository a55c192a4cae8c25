import { CollectError } from '#core/plugin/collect-error.ts';
import type { CollectedState, CollectedValue, Collection } from '#core/plugin/collector.ts';
import type { SqlRows } from '#core/sql/sql-rows.ts';
import type { MYSQL_METRICS } from './metrics.ts';
import { type Figure, STATUS_FIGURES, WSREP_FIGURES } from './status-figures.ts';

type Metric = keyof typeof MYSQL_METRICS;
type Row = Readonly<Record<string, string | null>>;
/** Names and values of the server, of its state and of its settings. */
export type Variables = ReadonlyMap<string, string>;

const WSREP_STATES: Readonly<Record<string, string>> = {
  Primary: 'primary',
  'non-Primary': 'non_primary',
  Disconnected: 'disconnected',
};

/** Pairs of name and value. */
export function readVariables({ rows }: SqlRows): Variables {
  return new Map(rows.map(([name, value]) => [name ?? '', value ?? '']));
}

/** What SHOW GLOBAL STATUS and SHOW GLOBAL VARIABLES say, in one list. Throws `protocol` without the uptime. */
export function parseVariables(variables: Variables): Collection {
  if (!variables.has('Uptime')) throw new CollectError('protocol', 'SHOW GLOBAL STATUS has no Uptime');
  const version = variables.get('version') ?? '';
  const labels = { version, version_comment: variables.get('version_comment') ?? '' };
  const isGalera = (variables.get('wsrep_provider_name') ?? '') !== '';
  const figures = isGalera ? [...STATUS_FIGURES, ...WSREP_FIGURES] : STATUS_FIGURES;
  const values = figures.flatMap((figure) => valueOf(figure, variables.get(figure.name)));
  const pool = poolValues(variables);
  if (!isGalera) return { values: [{ metric: 'mysql_info', labels, value: 1 }, ...values, ...pool] };
  const ready = { metric: 'mysql_wsrep_ready', value: Number(variables.get('wsrep_ready') === 'ON') };
  const state = WSREP_STATES[variables.get('wsrep_cluster_status') ?? ''];
  return {
    values: [{ metric: 'mysql_info', labels, value: 1 }, ...values, ...pool, ready],
    states: state === undefined ? [] : [{ metric: 'mysql_wsrep_cluster', state }],
  };
}

function valueOf({ metric, labels, scale = 1 }: Figure, text: string | null | undefined): CollectedValue[] {
  const value = text === '' || text === null || text === undefined ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) return [];
  return [{ metric, value: value * scale, ...(labels === undefined ? {} : { labels }) }];
}

/** The server tells all and the dirty ones. */
function poolValues(variables: Variables): CollectedValue[] {
  const split = (metric: Metric, unit: string): CollectedValue[] => {
    const all = Number(variables.get(`Innodb_buffer_pool_${unit}_data`));
    const dirty = Number(variables.get(`Innodb_buffer_pool_${unit}_dirty`));
    if (!Number.isFinite(all) || !Number.isFinite(dirty)) return [];
    const clean = { metric, labels: { status: 'clean' }, value: Math.max(0, all - dirty) };
    return [clean, { metric, labels: { status: 'dirty' }, value: dirty }];
  };
  return [...split('mysql_buffer_pool_data_pages', 'pages'), ...split('mysql_buffer_pool_usage_bytes', 'bytes')];
}

const rowsOf = ({ columns, rows }: SqlRows): Row[] =>
  rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])));

/** Of threads of replicas, in both vocabularies. */
const THREAD_STATES: Readonly<Record<string, string>> = {
  Yes: 'running',
  No: 'stopped',
  Connecting: 'connecting',
  Preparing: 'connecting',
};

/** What SHOW REPLICA STATUS, SHOW SLAVE STATUS or SHOW ALL SLAVES STATUS says; no rows: this is no replica. */
export function parseReplication(answer: SqlRows): Collection {
  const values: CollectedValue[] = [];
  const states: CollectedState[] = [];
  for (const row of rowsOf(answer)) {
    const first = (...names: string[]): string | null =>
      names.map((name) => row[name]).find((one) => one != null) ?? null;
    const place = {
      channel: first('Channel_Name', 'Connection_name') ?? '',
      source: first('Source_Host', 'Master_Host') ?? '',
    };
    const number = (metric: Metric, text: string | null, labels: Readonly<Record<string, string>> = place): void => {
      values.push(...valueOf({ name: '', metric, labels }, text));
    };
    number('mysql_replica_time_behind_source_seconds', first('Seconds_Behind_Source', 'Seconds_Behind_Master'));
    number('mysql_replica_sql_delay_seconds', first('SQL_Delay'));
    number('mysql_replica_relay_log_bytes', first('Relay_Log_Space'));
    for (const thread of ['IO', 'SQL']) {
      const labels = { ...place, thread: thread.toLowerCase() };
      number('mysql_replica_last_error_code', first(`Last_${thread}_Errno`), labels);
      const state = THREAD_STATES[first(`Replica_${thread}_Running`, `Slave_${thread}_Running`) ?? ''];
      if (state !== undefined) states.push({ metric: 'mysql_replica_thread', labels, state });
    }
  }
  return { values, states };
}

const PICOSECONDS = 1e-12;
const LONGEST_STATEMENT = 200;

/** Columns of the table of digests. */
const DIGEST_FIGURES: readonly Figure[] = [
  { name: 'COUNT_STAR', metric: 'mysql_statement_event_count_total' },
  { name: 'SUM_TIMER_WAIT', metric: 'mysql_statement_event_wait_time_seconds_total', scale: PICOSECONDS },
  { name: 'SUM_LOCK_TIME', metric: 'mysql_statement_event_lock_time_seconds_total', scale: PICOSECONDS },
  { name: 'SUM_ERRORS', metric: 'mysql_statement_event_error_count_total' },
  { name: 'SUM_ROWS_EXAMINED', metric: 'mysql_statement_event_rows_examined_total' },
  { name: 'SUM_ROWS_SENT', metric: 'mysql_statement_event_rows_sent_total' },
  { name: 'SUM_ROWS_AFFECTED', metric: 'mysql_statement_event_rows_affected_total' },
  { name: 'SUM_NO_INDEX_USED', metric: 'mysql_statement_event_no_index_total' },
  { name: 'SUM_CREATED_TMP_DISK_TABLES', metric: 'mysql_statement_event_tmp_disk_tables_total' },
];

/** Columns that {@link parseStatements} reads. */
export const DIGEST_COLUMNS = ['SCHEMA_NAME', 'DIGEST', 'DIGEST_TEXT', ...DIGEST_FIGURES.map(({ name }) => name)];

/** Rows of events_statements_summary_by_digest: statements without the values in them. */
export function parseStatements(answer: SqlRows): readonly CollectedValue[] {
  return rowsOf(answer).flatMap((row) => {
    const labels = {
      schema: row['SCHEMA_NAME'] ?? '',
      digest: row['DIGEST'] ?? '',
      statement: (row['DIGEST_TEXT'] ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_STATEMENT),
    };
    return DIGEST_FIGURES.flatMap((figure) => valueOf({ ...figure, labels }, row[figure.name]));
  });
}

/** Counters of information_schema.innodb_metrics, for servers that do not tell them in their status. */
export function parseInnodb(answer: SqlRows): readonly CollectedValue[] {
  const metrics: Readonly<Record<string, Metric>> = {
    lock_deadlocks: 'mysql_deadlocks_total',
    trx_rseg_history_len: 'mysql_history_list_length',
  };
  return answer.rows.flatMap(([name, count]) => {
    const metric = metrics[name ?? ''];
    return metric === undefined ? [] : valueOf({ name: '', metric }, count);
  });
}

/** For the golden cases, which are answers as JSON. */
export const parsers = {
  variables: (text: string) => parseVariables(readVariables(JSON.parse(text))),
  replication: (text: string) => parseReplication(JSON.parse(text)),
  statements: (text: string) => parseStatements(JSON.parse(text)),
  innodb: (text: string) => parseInnodb(JSON.parse(text)),
};
