import { AppError } from '#core/errors.ts';
import { patternNames, patternRegex } from '#core/log-query/parse-pattern.ts';
import type { LogAggregate, LogFilter, LogGroup, LogPipe } from '#core/log-query/query.ts';
import { textLiteral } from '#query/metrics/literal.ts';
import { aggregateSql } from './aggregate-sql.ts';
import { logCondition } from './condition.ts';
import { type FieldSource, recordFields } from './field-sql.ts';
import type { LogIndex } from './log-index.ts';
import { type LogRange, type LogScope, whereOf } from './scope.ts';
import { aggregateColumns, rankingOf, type StageColumn, type TableStage } from './table-stage.ts';

const NEWEST = 'ts DESC, seq DESC';
const BASE = 'ts, seq, service, host, source, severity, trace_id, span_id, resource, attrs, body, pattern';
const DEFAULT_FIELDS = ['@timestamp', 'level', 'host', 'service', 'message'];

/** Log lines on their way through the pipes: where they are read, and what pipes added to them. */
export type RecordStage = {
  readonly source: string;
  readonly where: readonly string[];
  readonly derived: ReadonlyMap<string, string>;
  readonly order: string;
  /** The indexes of the table while it is what is read; then what is known of patterns. */
  readonly index: LogIndex | undefined;
  readonly now: number;
};

/** The lines that a filter finds. */
export function startRecords(filter: LogFilter, scope: LogScope, range: LogRange): RecordStage {
  return {
    ...{ source: 'nocmate.logs', where: [whereOf(filter, scope, range)], derived: new Map(), order: NEWEST },
    ...{ index: scope.index, now: scope.now },
  };
}

export const fieldsOfStage = (stage: RecordStage): FieldSource => recordFields(stage.index, stage.derived);
export const fromOf = ({ source, where }: RecordStage): string =>
  where.length === 0 ? `FROM ${source}` : `FROM ${source} WHERE ${where.map((one) => `(${one})`).join(' AND ')}`;

/** A pipe that leaves lines lines; undefined for one that makes a table. */
export function pipeRecords(stage: RecordStage, pipe: LogPipe): RecordStage | undefined {
  const fields = fieldsOfStage(stage);
  const cut = (end: string): RecordStage => ({
    ...{ ...stage, where: [], index: stage.index && { ...stage.index, words: 'none', fieldsApart: false } },
    source: `(SELECT ${BASE} ${fromOf(stage)} ORDER BY ${stage.order} ${end})`,
  });
  switch (pipe.kind) {
    case 'where':
      return { ...stage, where: [...stage.where, logCondition(pipe.filter, fields, stage.now)] };
    case 'parse':
      return { ...stage, derived: new Map([...stage.derived, ...extractions(pipe, fields)]) };
    case 'sort':
      return { ...stage, order: pipe.keys.map((key) => sortSql(key.field, key.descending, fields)).join(', ') };
    case 'head':
      return cut(`LIMIT ${pipe.count}`);
    case 'dedup':
      return cut(`LIMIT 1 BY ${pipe.fields.map(fields.text).join(', ')}`);
    default:
      return undefined;
  }
}

function extractions(pipe: Extract<LogPipe, { kind: 'parse' }>, fields: FieldSource): [string, string][] {
  const groups = `extractGroups(${fields.text(pipe.field)}, ${textLiteral(patternRegex(pipe.pattern))})`;
  return patternNames(pipe.pattern).map((name, i) => [name, `arrayElement(${groups}, ${i + 1})`]);
}

function sortSql(field: string, descending: boolean, fields: FieldSource): string {
  const direction = descending ? 'DESC' : 'ASC';
  if (fields.kind(field) === 'time') return `ts ${direction}, seq ${direction}`;
  if (fields.kind(field) === 'severity') return `severity ${direction}`;
  const text = fields.text(field);
  return `toFloat64OrNull(${text}) ${direction} NULLS LAST, ${text} ${direction}`;
}

/** A pipe that makes a table of lines. */
export function tableOf(stage: RecordStage, pipe: LogPipe): TableStage {
  const fields = fieldsOfStage(stage);
  switch (pipe.kind) {
    case 'fields':
      return listing(stage, pipe.fields);
    case 'top':
    case 'rare':
      return rankingOf(pipe, fields.text, stage);
    case 'stats':
      return statsOf(stage, pipe.aggregates, pipe.by);
    default:
      throw new AppError('bad_query', `'${pipe.kind}' must be the last pipe`);
  }
}

/** Lines as a table of some fields. */
export function listing(
  stage: RecordStage,
  names: readonly string[] = [...DEFAULT_FIELDS, ...stage.derived.keys()],
): TableStage {
  const fields = fieldsOfStage(stage);
  const columns = names.map((name): StageColumn => ({ name, type: fields.kind(name) === 'time' ? 'time' : 'text' }));
  const list = columns.map(({ name, type }, i) => `${type === 'time' ? MILLISECONDS : fields.text(name)} AS c${i}`);
  return { sql: `SELECT ${list.join(', ')} ${fromOf(stage)} ORDER BY ${stage.order}`, columns };
}

const MILLISECONDS = 'toUnixTimestamp64Milli(ts)';

function statsOf(stage: RecordStage, aggregates: readonly LogAggregate[], by: readonly LogGroup[]): TableStage {
  const fields = fieldsOfStage(stage);
  const keys = by.map((group) =>
    group.kind === 'span' ? `intDiv(${MILLISECONDS}, ${group.ms}) * ${group.ms}` : fields.text(group.field),
  );
  const source = { text: fields.text, time: '(ts, seq)' };
  const list = [...keys, ...aggregates.map((aggregate) => aggregateSql(aggregate, source))];
  const places = keys.map((_, i) => `c${i}`);
  const span = by.findIndex(({ kind }) => kind === 'span');
  const order = [...(span < 0 ? [] : [`c${span}`]), `c${keys.length} DESC`, ...places.filter((_, i) => i !== span)];
  const grouped = places.length === 0 ? '' : ` GROUP BY ${places.join(', ')} ORDER BY ${order.join(', ')}`;
  return {
    sql: `SELECT ${list.map((sql, i) => `${sql} AS c${i}`).join(', ')} ${fromOf(stage)}${grouped}`,
    columns: [
      ...by.map(
        (group): StageColumn =>
          group.kind === 'span' ? { name: 'time', type: 'time' } : { name: group.field, type: 'text' },
      ),
      ...aggregateColumns(aggregates),
    ],
  };
}
