import { fieldKind } from '#core/log-query/fields.ts';
import { parseLogQuery } from '#core/log-query/parse.ts';
import { ALL_LOGS, joinFilters, type LogBound, type LogFilter, type LogTest } from '#core/log-query/query.ts';
import { wordsOf } from '#core/log-query/words.ts';
import { ElasticFault } from './fault.ts';
import { type JsonObject, listOf, objectOf, onlyEntry, textOf } from './json.ts';

const NOTHING: LogFilter = { kind: 'not', part: ALL_LOGS };
const MAX_DEPTH = 30;

type Reader = (body: unknown, depth: number) => LogFilter;

const READERS: Readonly<Record<string, Reader>> = {
  match_all: () => ALL_LOGS,
  match_none: () => NOTHING,
  bool: readBool,
  constant_score: (body, depth) => readQuery(objectOf(body, 'constant_score')['filter'], depth),
  term: (body) => ofField(body, 'term', (value) => ({ kind: 'equals', text: textOf(option(value, 'value'), 'term') })),
  terms: readTerms,
  match: (body) => readMatch(body, 'match'),
  match_phrase: (body) => readPhrase(body, 'match_phrase'),
  match_phrase_prefix: (body) => readPhrase(body, 'match_phrase_prefix'),
  multi_match: readMultiMatch,
  range: (body) => ofField(body, 'range', readRange),
  exists: (body) => oneField(fieldName(textOf(objectOf(body, 'exists')['field'], 'exists')), { kind: 'exists' }),
  wildcard: (body) =>
    ofField(body, 'wildcard', (value) => ({
      kind: 'wildcard',
      pattern: textOf(option(value, 'value') ?? option(value, 'wildcard'), 'wildcard'),
    })),
  prefix: (body) =>
    ofField(body, 'prefix', (value) => ({
      kind: 'wildcard',
      pattern: `${textOf(option(value, 'value'), 'prefix').replace(/[*?\\]/g, '\\$&')}*`,
    })),
  regexp: (body) =>
    ofField(body, 'regexp', (value) => ({
      kind: 'regex',
      pattern: `^(?:${textOf(option(value, 'value'), 'regexp')})$`,
    })),
  query_string: (body) => readQueryString(objectOf(body, 'query_string')),
  simple_query_string: (body) => readQueryString(objectOf(body, 'simple_query_string')),
  ids: (body) => readIds(objectOf(body, 'ids')),
};

/** A query of the Elasticsearch DSL as a filter. Throws an {@link ElasticFault}. */
export function readQuery(query: unknown, depth = 0): LogFilter {
  if (query === undefined) return ALL_LOGS;
  if (depth > MAX_DEPTH) throw new ElasticFault('parsing_exception', `queries can be nested ${MAX_DEPTH} deep`);
  const [name, body] = onlyEntry(query, 'query');
  const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (read === undefined) throw new ElasticFault('parsing_exception', `unknown query [${name}]`);
  return read(body, depth + 1);
}

/** `host.keyword` and the like are their fields. */
export const fieldName = (name: string): string => name.replace(/\.keyword$/, '');

const oneField = (field: string, test: LogTest): LogFilter => ({ kind: 'field', field, test });

function ofField(body: unknown, what: string, read: (value: unknown) => LogTest): LogFilter {
  const { boost: _, _name: __, ...rest } = objectOf(body, what);
  const [field, value] = onlyEntry(rest, what);
  return oneField(fieldName(field), read(value));
}

/** `{"host": "a"}` or `{"host": {"value": "a"}}`. */
const option = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as JsonObject)[name] : value;

function readBool(body: unknown, depth: number): LogFilter {
  const bool = objectOf(body, 'bool');
  const read = (name: string): LogFilter[] => listOf(bool[name]).map((query) => readQuery(query, depth));
  const needed = [...read('must'), ...read('filter')];
  const refused = read('must_not').map((part): LogFilter => ({ kind: 'not', part }));
  const wanted = read('should');
  const least = bool['minimum_should_match'] ?? (needed.length === 0 ? 1 : 0);
  const some = wanted.length > 0 && Number(least) > 0 ? [joinFilters('or', wanted)] : [];
  return joinFilters('and', [...needed, ...refused, ...some]);
}

function readTerms(body: unknown): LogFilter {
  const { boost: _, ...rest } = objectOf(body, 'terms');
  const [field, values] = onlyEntry(rest, 'terms');
  const tests = listOf(values).map((value) =>
    oneField(fieldName(field), { kind: 'equals', text: textOf(value, 'terms') }),
  );
  return tests.length === 0 ? NOTHING : joinFilters('or', tests);
}

function readMatch(body: unknown, what: string): LogFilter {
  const [name, value] = onlyEntry(body, what);
  const text = textOf(option(value, 'query'), what);
  const operator =
    typeof value === 'object' && value !== null ? String((value as JsonObject)['operator'] ?? 'or') : 'or';
  return matchField(fieldName(name), text, operator.toLowerCase() === 'and');
}

/** Messages are matched by their words, all other fields as a whole. */
function matchField(field: string, text: string, all: boolean): LogFilter {
  if (fieldKind(field) !== 'message') return oneField(field, { kind: 'equals', text });
  const words = wordsOf(text).map((word) => oneField(field, { kind: 'equals', text: word }));
  return words.length === 0 ? ALL_LOGS : joinFilters(all ? 'and' : 'or', words);
}

function readPhrase(body: unknown, what: string): LogFilter {
  return ofField(body, what, (value) => ({ kind: 'equals', text: textOf(option(value, 'query'), what) }));
}

function readMultiMatch(body: unknown): LogFilter {
  const match = objectOf(body, 'multi_match');
  const text = textOf(match['query'], 'multi_match');
  const names = listOf(match['fields'] ?? ['message']).map((name) =>
    fieldName(textOf(name, 'fields').replace(/\^.*$/, '')),
  );
  const fields = names.some((name) => name.includes('*')) ? ['message'] : names;
  const isPhrase = String(match['type'] ?? '').startsWith('phrase');
  const all = String(match['operator'] ?? 'or').toLowerCase() === 'and';
  return joinFilters(
    'or',
    fields.map((field) => (isPhrase ? oneField(field, { kind: 'equals', text }) : matchField(field, text, all))),
  );
}

function readRange(value: unknown): LogTest {
  const range = objectOf(value, 'range');
  const bound = (inclusive: string, exclusive: string): LogBound | undefined => {
    const name = range[inclusive] !== undefined && range[inclusive] !== null ? inclusive : exclusive;
    const text = range[name];
    return text === undefined || text === null
      ? undefined
      : { text: dateText(textOf(text, 'range')), inclusive: name === inclusive };
  };
  const [low, high] = [bound('gte', 'gt'), bound('lte', 'lt')];
  return { kind: 'range', ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
}

/** Dates may have `||` and nothing to calculate behind it; rounding (`/d`) is left out. */
const dateText = (text: string): string => text.replace(/\|\|$/, '').replace(/^(now\S*?)\/[smhdwMy]$/, '$1');

function readQueryString(body: JsonObject): LogFilter {
  const text = textOf(body['query'], 'query_string');
  const { filter, pipes } = parseLogQuery(text);
  if (pipes.length > 0) throw new ElasticFault('parsing_exception', 'pipes do not belong into a query_string');
  const field = body['default_field'];
  return typeof field === 'string' && !field.includes('*') ? inField(filter, fieldName(field)) : filter;
}

/** Free words of a query string are looked for in its default field. */
function inField(filter: LogFilter, field: string): LogFilter {
  if (filter.kind === 'and' || filter.kind === 'or') {
    return { ...filter, parts: filter.parts.map((part) => inField(part, field)) };
  }
  if (filter.kind === 'not') return { ...filter, part: inField(filter.part, field) };
  return filter.kind === 'field' && filter.field === 'message' ? { ...filter, field } : filter;
}

function readIds(body: JsonObject): LogFilter {
  const ids = listOf(body['values']).map((value) => textOf(value, 'ids'));
  const filters = ids.map((id) => {
    const ms = Math.floor(Number(id.split('_')[0]) / 1_000);
    if (!Number.isFinite(ms)) return NOTHING;
    // The time of the id narrows what is read.
    return joinFilters('and', [
      oneField('_id', { kind: 'equals', text: id }),
      oneField('@timestamp', { kind: 'equals', text: new Date(ms).toISOString() }),
    ]);
  });
  return filters.length === 0 ? NOTHING : joinFilters('or', filters);
}
