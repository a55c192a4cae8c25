import { requireRegex } from './pattern.ts';
import { ALL_LOGS, joinFilters, type LogBound, type LogFilter, type LogTest, MESSAGE_FIELD } from './query.ts';
import type { QueryReader } from './reader.ts';

/** In `search`, operators are in capitals; in `where`, `and`, `or`, `not` and `x > 5` are understood as well. */
export type FilterMode = 'search' | 'where';

const OR = { search: /(?:OR(?=[\s("]|$)|\|\|)\s*/y, where: /(?:(?:OR|or)(?=[\s("]|$)|\|\|)\s*/y };
const AND = { search: /(?:AND(?=[\s("]|$)|&&)\s*/y, where: /(?:(?:AND|and)(?=[\s("]|$)|&&)\s*/y };
const NOT = { search: /(?:NOT(?=[\s("])|[-!](?=[^\s]))\s*/y, where: /(?:(?:NOT|not)(?=[\s("])|[-!](?=[^\s]))\s*/y };
const END = {
  search: /\)|\|(?!\|)|OR(?=[\s("]|$)|\|\|/y,
  where: /\)|\|(?!\|)|(?:OR|or)(?=[\s("]|$)|\|\|/y,
};
const FIELD = /((?:\\.|[A-Za-z_@$])(?:\\.|[^\s:()"|<>=!*?[\]{},\\])*):(?!\/\/|:)/y;
const INFIX = /((?:\\.|[A-Za-z_@$])(?:\\.|[^\s:()"|<>=!*?[\]{},\\])*(?:\([^\s()|]*\))?)\s*(?=[<>=!])/y;
const WORD = /(?:\\.|[^\s()"|\\])+/sy;
const COMPARISON = /(>=|<=|>|<)\s*/y;
const BOUND = /(?:\\.|[^\s"[\]{}()|\\])+/y;

/** Reads a filter up to the end, a `)` or a `|` that it does not own; nothing at all is everything. */
export function parseFilter(reader: QueryReader, mode: FilterMode, field?: string): LogFilter {
  return reader.nested(() => {
    const parts = [parseAnd(reader, mode, field)];
    while (reader.take(OR[mode]) !== undefined) parts.push(parseAnd(reader, mode, field));
    const known = parts.filter((part) => part !== undefined);
    if (parts.length > 1 && known.length < parts.length) reader.fail('a term is missing here');
    return joinFilters('or', known.length === 0 ? [ALL_LOGS] : known);
  });
}

function parseAnd(reader: QueryReader, mode: FilterMode, field: string | undefined): LogFilter | undefined {
  const parts: LogFilter[] = [];
  let wanted = false;
  for (;;) {
    reader.skipSpace();
    if (reader.done || reader.sees(END[mode])) break;
    parts.push(parseNot(reader, mode, field));
    reader.skipSpace();
    wanted = reader.take(AND[mode]) !== undefined;
  }
  if (wanted) reader.fail('a term is missing here');
  return parts.length === 0 ? undefined : joinFilters('and', parts);
}

function parseNot(reader: QueryReader, mode: FilterMode, field: string | undefined): LogFilter {
  reader.count();
  if (reader.take(NOT[mode]) !== undefined) {
    return reader.nested(() => ({ kind: 'not', part: parseNot(reader, mode, field) }));
  }
  reader.take(/\+(?=\S)/y);
  return parseTerm(reader, mode, field);
}

function parseTerm(reader: QueryReader, mode: FilterMode, field: string | undefined): LogFilter {
  if (reader.take(/\(/y) !== undefined) return closed(reader, parseFilter(reader, mode, field));
  const start = reader.at;
  const name = takeFieldName(reader);
  if (name !== undefined) return parseValue(reader, mode, name);
  reader.at = start;
  const infix = mode === 'where' ? takeInfix(reader) : undefined;
  if (infix !== undefined) return infix;
  if (mode === 'where' && field === undefined) reader.fail('a comparison is expected here, such as status >= 500');
  if (field === undefined && reader.take(/\*(?=[\s)|]|$)/y) !== undefined) return { kind: 'all' };
  return { kind: 'field', field: field ?? MESSAGE_FIELD, test: parseTest(reader) };
}

function closed(reader: QueryReader, filter: LogFilter): LogFilter {
  reader.skipSpace();
  if (reader.take(/\)/y) === undefined) reader.fail("a ')' is missing");
  return filter;
}

/** A name and its colon. */
function takeFieldName(reader: QueryReader): string | undefined {
  const bare = reader.take(FIELD)?.[1];
  if (bare !== undefined) return unescape(bare);
  if (!reader.sees(/"/y)) return undefined;
  const quoted = reader.takeString();
  return quoted !== undefined && quoted !== '' && reader.take(/:/y) !== undefined ? quoted : undefined;
}

function takeInfix(reader: QueryReader): LogFilter | undefined {
  const start = reader.at;
  const bare = reader.take(INFIX)?.[1];
  const field = bare === undefined ? reader.takeString() : unescape(bare);
  reader.skipSpace();
  const op = field === undefined ? undefined : reader.take(/(>=|<=|!=|==|>|<|=)\s*/y)?.[1];
  if (field === undefined || op === undefined) {
    reader.at = start;
    return undefined;
  }
  if (op !== '=' && op !== '==' && op !== '!=')
    return { kind: 'field', field, test: comparison(op, takeBound(reader)) };
  const equal: LogFilter = { kind: 'field', field, test: parseTest(reader) };
  return op === '!=' ? { kind: 'not', part: equal } : equal;
}

/** What stands behind `field:`. */
function parseValue(reader: QueryReader, mode: FilterMode, field: string): LogFilter {
  reader.skipSpace();
  if (reader.take(/\(/y) !== undefined) return closed(reader, parseFilter(reader, mode, field));
  const op = reader.take(COMPARISON)?.[1];
  if (op !== undefined) return { kind: 'field', field, test: comparison(op, takeBound(reader)) };
  if (reader.sees(/[[{]/y)) return { kind: 'field', field, test: parseRange(reader) };
  if (reader.take(/\*(?=[\s)|]|$)/y) !== undefined) return { kind: 'field', field, test: { kind: 'exists' } };
  return { kind: 'field', field, test: parseTest(reader) };
}

function comparison(op: string, text: string): LogTest {
  const bound: LogBound = { text, inclusive: op.endsWith('=') };
  return op.startsWith('>') ? { kind: 'range', low: bound } : { kind: 'range', high: bound };
}

function takeBound(reader: QueryReader): string {
  const text = reader.takeString() ?? unescapeOrNone(reader.take(BOUND)?.[0]);
  return text ?? reader.fail('a value is missing here');
}

function parseRange(reader: QueryReader): LogTest {
  const start = reader.at;
  const opening = reader.take(/[[{]\s*/y)?.[0].charAt(0);
  const low = takeBound(reader);
  if (reader.take(/\s+TO\s+/y) === undefined) reader.fail("a range is written [a TO b]: 'TO' is missing", reader.at);
  const high = takeBound(reader);
  const closing = reader.take(/\s*([\]}])/y)?.[1] ?? reader.fail('the range is never closed', start);
  return {
    kind: 'range',
    ...(low === '*' ? {} : { low: { text: low, inclusive: opening === '[' } }),
    ...(high === '*' ? {} : { high: { text: high, inclusive: closing === ']' } }),
  };
}

/** A word, a text in quotes, a pattern or an expression. */
function parseTest(reader: QueryReader): LogTest {
  const start = reader.at;
  const quoted = reader.takeString();
  if (quoted !== undefined) return { kind: 'equals', text: quoted };
  const pattern = reader.takeRegex();
  if (pattern !== undefined) {
    requireRegex(pattern, start);
    return { kind: 'regex', pattern };
  }
  const word = reader.take(WORD)?.[0] ?? reader.fail('a value is missing here');
  if (word === '*') return { kind: 'exists' };
  if (/^(?:\\.|[^*?\\])*$/s.test(word)) return { kind: 'equals', text: unescape(word) };
  return {
    kind: 'wildcard',
    pattern: word.replace(/\\(.)/gs, (all, character: string) => ('*?\\'.includes(character) ? all : character)),
  };
}

const unescape = (text: string): string => text.replace(/\\(.)/gs, '$1');
const unescapeOrNone = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : unescape(text);
