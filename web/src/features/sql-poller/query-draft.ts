import type { StoredTarget, TargetRequest } from '#core/api/collectors.ts';
import type { CollectedTable } from '#core/plugin/collector.ts';
import type { RowMapping } from '#core/sql/row-mapping.ts';
import { numberOfCell, timeOfCell } from '#core/sql/sql-cell.ts';
import { parseDuration } from '#core/units/duration.ts';

/** The collector that asks queries. */
export const COLLECTOR = 'sql';
/** Databases that a query of the page may ask. */
export const DATABASES = [
  { value: 'postgresql', label: 'PostgreSQL' },
  { value: 'mysql', label: 'MySQL or MariaDB' },
] as const;

/** What a column can be. */
export const ROLES = ['value', 'counter', 'label', 'time', 'none'] as const;
export type ColumnRole = (typeof ROLES)[number];

/** A query as the form has it: everything as text. */
export type QueryDraft = {
  readonly id?: string;
  readonly name: string;
  readonly database: string;
  readonly address: string;
  readonly schema: string;
  readonly username: string;
  /** A new one; empty: it stays. */
  readonly password: string;
  readonly hasPassword: boolean;
  readonly tls: boolean;
  readonly query: string;
  /** One a line. */
  readonly parameters: string;
  readonly interval: string;
  readonly freshFor: string;
  readonly enabled: boolean;
  readonly roles: Readonly<Record<string, ColumnRole>>;
  /** What is stored and has no field here. */
  readonly kept: Pick<TargetRequest, 'options' | 'labels' | 'timeout'>;
};

/** Options that have a field. */
const SHOWN = [
  'name',
  'database',
  'address',
  'schema',
  'username',
  'password',
  'tls',
  'query',
  'parameters',
  'freshFor',
];
const COLUMNS = ['valueColumns', 'counterColumns', 'labelColumns', 'timeColumn'];
const DEFAULT_ROWS = 1_000;

export const NEW_DRAFT: QueryDraft = {
  ...{ name: '', database: 'postgresql', address: 'localhost', schema: '', username: 'nocmate', password: '' },
  ...{ hasPassword: false, tls: false, query: '', parameters: '', interval: '1m', freshFor: '', enabled: true },
  ...{ roles: {}, kept: { options: {}, labels: {} } },
};

/** The form of a stored query. */
export function draftOf({ id, options, secretsSet, interval, timeout, labels, enabled }: StoredTarget): QueryDraft {
  const text = (name: string): string => {
    const value = options[name];
    return typeof value === 'string' ? value : (NEW_DRAFT_TEXT[name] ?? '');
  };
  const list = (name: string): string[] => (Array.isArray(options[name]) ? options[name].map(String) : []);
  const all = (role: ColumnRole, columns: readonly string[]) => columns.map((column) => [column, role] as const);
  const time = text('timeColumn');
  const others = Object.entries(options).filter(([name]) => !SHOWN.includes(name) && !COLUMNS.includes(name));
  return {
    id,
    ...{ name: text('name'), database: text('database'), address: text('address'), schema: text('schema') },
    ...{ username: text('username'), password: '', hasPassword: secretsSet.includes('password') },
    ...{ tls: options['tls'] === true, query: text('query'), parameters: list('parameters').join('\n') },
    ...{ interval: interval ?? NEW_DRAFT.interval, freshFor: text('freshFor'), enabled },
    roles: Object.fromEntries([
      ...all('value', list('valueColumns')),
      ...all('counter', list('counterColumns')),
      ...all('label', list('labelColumns')),
      ...all('time', time === '' ? [] : [time]),
    ]),
    kept: { options: Object.fromEntries(others), labels, ...(timeout === undefined ? {} : { timeout }) },
  };
}

const NEW_DRAFT_TEXT: Readonly<Record<string, string>> = {
  ...{ database: NEW_DRAFT.database, address: NEW_DRAFT.address, username: NEW_DRAFT.username },
};

/** The query as the API takes it; `withColumns` false: only its rows are wanted. */
export function requestOf(draft: QueryDraft, withColumns = true): TargetRequest {
  const { name, database, address, schema, username, password, tls, query, kept } = draft;
  const parameters = draft.parameters.split('\n').filter((line) => line !== '');
  const { valueColumns, counterColumns, labelColumns, timeColumn } = mappingOf(draft);
  const columns = { valueColumns, counterColumns, labelColumns };
  const fresh = timeColumn === undefined || draft.freshFor === '' ? {} : { freshFor: draft.freshFor };
  return {
    collector: COLLECTOR,
    options: {
      ...kept.options,
      ...{ name, database, address, username, tls, query, parameters },
      ...(schema === '' ? {} : { schema }),
      ...(withColumns ? { ...columns, ...(timeColumn === undefined ? {} : { timeColumn }), ...fresh } : {}),
    },
    secrets: password === '' ? {} : { password },
    interval: draft.interval === '' ? NEW_DRAFT.interval : draft.interval,
    ...(kept.timeout === undefined ? {} : { timeout: kept.timeout }),
    labels: kept.labels,
    enabled: draft.enabled,
  };
}

/** What the columns are to become. */
export function mappingOf({ name, roles, freshFor, kept }: QueryDraft): RowMapping {
  const of = (role: ColumnRole): string[] => Object.keys(roles).filter((column) => roles[column] === role);
  const maxRows = Number(kept.options['maxRows'] ?? DEFAULT_ROWS);
  const fresh = parseDuration(freshFor);
  const mapping = { valueColumns: of('value'), counterColumns: of('counter'), labelColumns: of('label') };
  return { name, ...mapping, timeColumn: of('time')[0], freshFor: fresh, maxRows };
}

/** What each column of an answer is: as it was, else as its values look. */
export function rolesOf(table: CollectedTable, known: QueryDraft['roles']): QueryDraft['roles'] {
  const roles: Record<string, ColumnRole> = {};
  const hasTime = (): boolean => Object.values({ ...known, ...roles }).includes('time');
  for (const [i, column] of table.columns.entries()) {
    const cells = table.rows.map((row) => row[i] ?? null).filter((cell) => cell !== null);
    const every = (read: (text: string) => number | undefined): boolean =>
      cells.length > 0 && cells.every((cell) => read(cell) !== undefined);
    roles[column] = known[column] ?? guess(every(numberOfCell), every(timeOfCell), hasTime());
  }
  return roles;
}

function guess(isNumber: boolean, isTime: boolean, hasTime: boolean): ColumnRole {
  if (isNumber) return 'value';
  if (isTime) return hasTime ? 'none' : 'time';
  return 'label';
}

/** The roles after one has been chosen; there is one time at most. */
export function withRole(roles: QueryDraft['roles'], column: string, role: ColumnRole): QueryDraft['roles'] {
  const others = Object.entries(roles).map(([name, had]) => [name, role === 'time' && had === 'time' ? 'none' : had]);
  return { ...Object.fromEntries(others), [column]: role };
}
