import { AppError } from '#core/errors.ts';
import type { LogAggregate, LogPipe } from '#core/log-query/query.ts';
import { nearestName } from '#core/nearest-name.ts';
import { aggregateSql, isTextAggregate } from './aggregate-sql.ts';
import { logCondition } from './condition.ts';
import type { FieldSource } from './field-sql.ts';

/** A column of a table; in SQL it is `c<place>`, whatever its name. */
export type StageColumn = { readonly name: string; readonly type: 'text' | 'number' | 'time' };

/** An answer that pipes made: its statement, without a limit of its own. */
export type TableStage = { readonly sql: string; readonly columns: readonly StageColumn[] };

/** A pipe on a table. Throws `bad_query` where it names a column that is none. */
export function pipeTable(stage: TableStage, pipe: LogPipe, now: number): TableStage {
  const from = `FROM (${stage.sql})`;
  const same = (sql: string): TableStage => ({ ...stage, sql });
  const column = (name: string): string => `c${columnIndex(stage, name)}`;
  switch (pipe.kind) {
    case 'where':
      return same(`SELECT * ${from} WHERE ${logCondition(pipe.filter, tableFields(stage), now)}`);
    case 'sort': {
      const keys = pipe.keys.map((key) => `${column(key.field)} ${key.descending ? 'DESC' : 'ASC'} NULLS LAST`);
      return same(`SELECT * ${from} ORDER BY ${keys.join(', ')}`);
    }
    case 'head':
      return same(`SELECT * ${from} LIMIT ${pipe.count}`);
    case 'dedup':
      return same(`SELECT * ${from} LIMIT 1 BY ${pipe.fields.map(column).join(', ')}`);
    case 'fields':
      return select(
        stage,
        pipe.fields.map((field) => columnIndex(stage, field)),
      );
    case 'top':
    case 'rare':
      return rankingOf(pipe, (field) => columnText(stage, field), { source: `(${stage.sql})`, where: [] });
    case 'stats':
      return statsOf(stage, pipe);
    default:
      throw new AppError('bad_query', `'${pipe.kind}' works on log lines: put it before what makes a table of them`);
  }
}

function columnIndex({ columns }: TableStage, name: string): number {
  const index = columns.findIndex((column) => column.name === name);
  if (index >= 0) return index;
  const names = columns.map((column) => column.name);
  const near = nearestName(name, names);
  throw new AppError(
    'bad_query',
    `there is no column '${name}'${near === undefined ? '' : `: do you mean '${near}'?`} There are ${names.join(', ')}`,
  );
}

function select(stage: TableStage, indexes: readonly number[]): TableStage {
  const list = indexes.map((index, i) => `c${index} AS d${i}`).join(', ');
  const renamed = indexes.map((_, i) => `d${i} AS c${i}`).join(', ');
  const columns = indexes.flatMap((index) => stage.columns[index] ?? []);
  return { sql: `SELECT ${renamed} FROM (SELECT ${list} FROM (${stage.sql}))`, columns };
}

function columnText(stage: TableStage, name: string): string {
  return `ifNull(toString(c${columnIndex(stage, name)}), '')`;
}

const tableFields = (stage: TableStage): FieldSource => ({
  text: (field) => columnText(stage, field),
  kind: () => 'any',
  index: undefined,
});

/** The most or least frequent values of some fields, with their share. */
export function rankingOf(
  pipe: Extract<LogPipe, { kind: 'top' | 'rare' }>,
  text: (field: string) => string,
  { source, where }: { readonly source: string; readonly where: readonly string[] },
): TableStage {
  const keys = pipe.fields.map((field, i) => `${text(field)} AS c${i}`);
  const places = pipe.fields.map((_, i) => `c${i}`);
  const [count, share] = [`c${places.length}`, `c${places.length + 1}`];
  const conditions = [...where, ...places.map((place) => `${place} != ''`)].map((one) => `(${one})`);
  const direction = pipe.kind === 'top' ? 'DESC' : 'ASC';
  return {
    sql:
      `SELECT ${keys.join(', ')}, count() AS ${count}, round(100 * count() / sum(count()) OVER (), 2) AS ${share} FROM ${source}` +
      ` WHERE ${conditions.join(' AND ')}` +
      ` GROUP BY ${places.join(', ')} ORDER BY ${count} ${direction}, ${places.join(', ')} LIMIT ${pipe.count}`,
    columns: [
      ...pipe.fields.map((name): StageColumn => ({ name, type: 'text' })),
      { name: 'count', type: 'number' },
      { name: 'percent', type: 'number' },
    ],
  };
}

/** Columns of aggregates, from the place on. */
export function aggregateColumns(aggregates: readonly LogAggregate[]): StageColumn[] {
  return aggregates.map((aggregate) => ({
    name: aggregate.name,
    type: isTextAggregate(aggregate) ? 'text' : 'number',
  }));
}

function statsOf(stage: TableStage, pipe: Extract<LogPipe, { kind: 'stats' }>): TableStage {
  const groups = pipe.by.map((group) => {
    if (group.kind === 'field') return stage.columns[columnIndex(stage, group.field)] ?? missing();
    throw new AppError('bad_query', 'span() works on log lines: group by time in the first stats');
  });
  const source = {
    text: (field: string) => columnText(stage, field),
    number: (field: string) => {
      const index = columnIndex(stage, field);
      return stage.columns[index]?.type === 'text' ? undefined : `c${index}`;
    },
  };
  const inner = [
    ...groups.map((group, i) => `c${columnIndex(stage, group.name)} AS d${i}`),
    ...pipe.aggregates.map((aggregate, i) => `${aggregateSql(aggregate, source)} AS d${groups.length + i}`),
  ];
  const by = groups.length === 0 ? '' : ` GROUP BY ${groups.map((_, i) => `d${i}`).join(', ')}`;
  const outer = inner.map((_, i) => `d${i} AS c${i}`).join(', ');
  return {
    sql: `SELECT ${outer} FROM (SELECT ${inner.join(', ')} FROM (${stage.sql})${by})`,
    columns: [...groups, ...aggregateColumns(pipe.aggregates)],
  };
}

const missing = (): never => {
  throw new AppError('bad_query', 'a column is missing');
};
