import { checkOf, type Limit, type LogCheck } from '#core/log-query/check.ts';
import type { LogFilter } from '#core/log-query/query.ts';
import { textLiteral } from '#query/metrics/literal.ts';
import { amountSql } from './amount-sql.ts';
import { type FieldSource, fieldEquals } from './field-sql.ts';
import { hasWords, type LogIndex } from './log-index.ts';

/** A filter as a WHERE condition, never NULL; every text of it is a literal. `now` is in ms. Throws `bad_query`. */
export function logCondition(filter: LogFilter, fields: FieldSource, now: number): string {
  switch (filter.kind) {
    case 'all':
      return '1';
    case 'and':
    case 'or':
      return `(${filter.parts.map((part) => logCondition(part, fields, now)).join(` ${filter.kind.toUpperCase()} `)})`;
    case 'not':
      return `NOT (${logCondition(filter.part, fields, now)})`;
    case 'field': {
      const check = checkOf(filter.field, filter.test, now, fields.kind(filter.field));
      return checkCondition(filter.field, check, fields);
    }
  }
}

function checkCondition(field: string, check: LogCheck, fields: FieldSource): string {
  switch (check.kind) {
    case 'always':
      return '1';
    case 'severities':
      return check.list.length === 0 ? '0' : `severity IN (${check.list.join(',')})`;
    case 'time':
      return bounds('ts', check, (ms) => timeLiteral(ms * 1_000));
    default:
      return textCondition(field, check, fields);
  }
}

function textCondition(field: string, check: LogCheck, fields: FieldSource): string {
  const text = fields.text(field);
  switch (check.kind) {
    case 'words':
      return wordsCondition(check, fields.index?.words ?? 'none');
    case 'equals':
      return fieldEquals(field, check.text, fields);
    case 'pattern':
      return anywhere((value) => `match(${value}, ${textLiteral(check.source)})`);
    case 'regex':
      return `match(${text}, ${textLiteral(check.source)})`;
    case 'amount':
      return `ifNull(${bounds(amountSql(text, field, check.unit), check, numberLiteral)}, 0)`;
    case 'text':
      return `(${text} != '' AND ${bounds(text, check, textLiteral)})`;
    default:
      return `${text} != ''`;
  }
}

function wordsCondition(
  { words, phrase }: { words: readonly string[]; phrase?: string },
  index: LogIndex['words'],
): string {
  const conditions = [
    ...(words.length === 0 ? [] : [hasWords(words, index)]),
    ...(phrase === undefined ? [] : [anywhere((value) => `position(lower(${value}), ${textLiteral(phrase)}) > 0`)]),
  ];
  return conditions.length === 0 ? '1' : `(${conditions.join(' AND ')})`;
}

/** Rows whose message, or a value of whose fields, is so. */
function anywhere(test: (value: string) => string): string {
  return `(${test('body')} OR arrayExists(x -> ${test('x')}, arrayConcat(mapValues(attrs), mapValues(resource))))`;
}

function bounds<T>(
  sql: string,
  { low, high }: { low?: Limit<T>; high?: Limit<T> },
  literal: (value: T) => string,
): string {
  const conditions = [
    ...(low === undefined ? [] : [`${sql} ${low.inclusive ? '>=' : '>'} ${literal(low.value)}`]),
    ...(high === undefined ? [] : [`${sql} ${high.inclusive ? '<=' : '<'} ${literal(high.value)}`]),
  ];
  return conditions.length === 0 ? '1' : `(${conditions.join(' AND ')})`;
}

const numberLiteral = (value: number): string => `toFloat64(${value})`;

/** A time in microseconds since the epoch as SQL. */
export function timeLiteral(micros: number): string {
  return `fromUnixTimestamp64Micro(${Math.trunc(micros)})`;
}

/** Rows in [from, to), in microseconds. */
export function timeCondition(from: number, to: number): string {
  return `ts >= ${timeLiteral(from)} AND ts < ${timeLiteral(to)}`;
}
