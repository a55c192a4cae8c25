import { CollectError } from '#core/plugin/collect-error.ts';
import type { CollectedValue } from '#core/plugin/collector.ts';
import { COUNTERS, type CounterRule, HIT_RATIO } from './counters.ts';
import { DATABASE_STATES } from './metrics.ts';

/** A row by names of columns; all values are texts. */
export type MssqlRow = Readonly<Record<string, string>>;

const KIB = 1_024;
const MS = 1_000;
/** The system's own, of which nobody asks. */
const HIDDEN = new Set(['mssqlsystemresource', '_Total']);

/** Performance counters, of the default instance or a named one. */
export function parseCounters(rows: readonly MssqlRow[]): CollectedValue[] {
  const byName = Map.groupBy(rows, ({ object = '', counter = '' }) => nameOf(object, counter));
  return [
    ...COUNTERS.flatMap((rule) =>
      (byName.get(`${rule.object}: ${rule.counter}`) ?? []).flatMap((row) => read(row, rule)),
    ),
    ...hitRatio(byName),
  ];
}

/** Reads, writes and waits of files. */
export function parseFiles(rows: readonly MssqlRow[]): CollectedValue[] {
  return rows.flatMap((row) => {
    const { database_name: database = '', logical_filename: file = '', file_type = '' } = row;
    const labels = { database, file, file_type: file_type.toLowerCase() };
    return ['read', 'write'].flatMap((direction): CollectedValue[] => {
      const all = { ...labels, direction };
      return [
        ...figure('sqlserver_database_io_bytes_total', row[`${direction}_bytes`], all),
        ...figure('sqlserver_database_operations_total', row[`${direction}s`], all),
        ...figure('sqlserver_database_latency_seconds_total', row[`${direction}_latency_ms`], all, { per: MS }),
      ];
    });
  });
}

/** The one row of properties. */
export function parseProperties([row]: readonly MssqlRow[]): CollectedValue[] {
  if (row === undefined) throw new CollectError('answer', 'the server tells nothing of itself');
  const labels = { sql_version: row['sql_version'] ?? '', edition: row['sku'] ?? '' };
  return [
    { metric: 'sqlserver_info', labels, value: 1 },
    ...figure('sqlserver_uptime_seconds', row['uptime_s']),
    ...figure('sqlserver_cpu_count', row['cpu_count']),
    ...figure('sqlserver_memory_limit_bytes', row['server_memory'], {}, { times: KIB }),
    ...figure('sqlserver_memory_available_bytes', row['available_server_memory'], {}, { times: KIB }),
    ...DATABASE_STATES.flatMap((state) => {
      return figure('sqlserver_database_count', row[`db_${state}`], { database_status: state.toLowerCase() });
    }),
  ];
}

/** What was waited for. */
export function parseWaits(rows: readonly MssqlRow[]): CollectedValue[] {
  return rows.flatMap((row) => {
    const labels = { wait_type: row['wait_type'] ?? '' };
    return [
      ...figure('sqlserver_os_wait_duration_seconds_total', row['wait_time_ms'], labels, { per: MS }),
      ...figure('sqlserver_os_waits_total', row['waiting_tasks_count'], labels),
    ];
  });
}

const rowsIn = (text: string): readonly MssqlRow[] => JSON.parse(text) as readonly MssqlRow[];

/** For the golden cases: rows as JSON. */
export const parsers = {
  counters: (text: string) => parseCounters(rowsIn(text)),
  files: (text: string) => parseFiles(rowsIn(text)),
  properties: (text: string) => parseProperties(rowsIn(text)),
  waits: (text: string) => parseWaits(rowsIn(text)),
};

/** `SQLServer:Locks` or `MSSQL$SHOP:Locks`. */
const nameOf = (object: string, counter: string): string =>
  `${object.slice(object.indexOf(':') + 1).trim()}: ${counter.trim()}`;

function read({ instance = '', value }: MssqlRow, rule: CounterRule): CollectedValue[] {
  const name = instance.trim();
  const labels = rule.instance === '*' ? { database: name } : (rule.labels ?? {});
  const isMeant = rule.instance === '*' ? !HIDDEN.has(name) : name === rule.instance;
  return isMeant ? figure(rule.metric, value, labels, { times: rule.factor ?? 1 }) : [];
}

/** Where the base is absent the value is a percentage already. */
function hitRatio(byName: ReadonlyMap<string, readonly MssqlRow[]>): CollectedValue[] {
  const of = (counter: string) => Number(byName.get(`${HIT_RATIO.object}: ${counter}`)?.[0]?.['value'] ?? Number.NaN);
  const [hits, base] = [of(HIT_RATIO.counter), of(`${HIT_RATIO.counter} base`)];
  const value = hits / (base > 0 ? base : 100);
  return Number.isFinite(value) ? [{ metric: 'sqlserver_page_buffer_cache_hit_ratio', value }] : [];
}

/** To the base unit: `times` and `per` are whole, so that no digit changes. */
type Scale = { readonly times?: number; readonly per?: number };

/** Numbers may be written as `1.619118e+06`. */
function figure(
  metric: string,
  text = '',
  labels: Readonly<Record<string, string>> = {},
  { times = 1, per = 1 }: Scale = {},
): CollectedValue[] {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? [{ metric, labels, value: (value * times) / per }] : [];
}
