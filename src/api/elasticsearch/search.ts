import type { LogRow } from '#core/api/logs.ts';
import { fieldKind } from '#core/log-query/fields.ts';
import { joinFilters, type LogFilter } from '#core/log-query/query.ts';
import type { Clock } from '#io/clock.ts';
import { fieldsOf, type LogRange, type LogSearch } from '#query/logs/index.ts';
import { aggregationAnswer } from './aggregation-answer.ts';
import { readAggregations, treeOf } from './aggregations.ts';
import { ElasticFault } from './fault.ts';
import { type JsonObject, listOf, wholeOf } from './json.ts';
import { readQuery } from './query-dsl.ts';
import { timeRangeOf } from './time-range.ts';

/** The name that all logs have as an index. */
export const INDEX = 'logs';
const MAX_WINDOW = 10_000;

/** What the API reads from. */
export type ElasticApi = { readonly logs: LogSearch; readonly clock: Pick<Clock, 'now'> };

type Asked = { readonly filter: LogFilter; readonly range: LogRange };

/** What a request selects: its query, `q=`, and the time that both leave. */
export function askedOf({ clock }: ElasticApi, request: JsonObject): Asked {
  const text = request['q'];
  const parts = [
    readQuery(request['query']),
    ...(text === undefined ? [] : [readQuery({ query_string: { query: text } })]),
  ];
  const filter = joinFilters('and', parts);
  return { filter, range: timeRangeOf(filter, clock.now()) };
}

/** Answers one search. Throws an {@link ElasticFault} or an AppError. */
export async function elasticSearch(api: ElasticApi, request: JsonObject, signal: AbortSignal): Promise<object> {
  const started = performance.now();
  const asked = askedOf(api, request);
  const aggregations = readAggregations(request['aggs'] ?? request['aggregations']);
  const hits = await findHits(api, { ...asked, request }, signal);
  const total = await countHits(api, { ...asked, request }, signal);
  const answer = {
    took: 0,
    timed_out: false,
    _shards: { total: 1, successful: 1, skipped: 0, failed: 0 },
    hits: { ...(total === undefined ? {} : { total: { value: total, relation: 'eq' } }), max_score: null, hits },
  };
  const filled =
    aggregations.length === 0
      ? undefined
      : await api.logs.buckets({ ...asked.range, filter: asked.filter, tree: treeOf(aggregations) }, signal);
  return {
    ...answer,
    took: Math.round(performance.now() - started),
    ...(filled === undefined ? {} : { aggregations: aggregationAnswer(aggregations, filled) }),
    status: 200,
  };
}

type Question = Asked & { readonly request: JsonObject };

async function countHits(
  { logs }: ElasticApi,
  { filter, range, request }: Question,
  signal: AbortSignal,
): Promise<number | undefined> {
  return request['track_total_hits'] === false ? undefined : logs.countOf({ ...range, filter }, signal);
}

async function findHits(
  { logs }: ElasticApi,
  { filter, range, request }: Question,
  signal: AbortSignal,
): Promise<object[]> {
  const size = wholeOf(request['size'], 'size', { fallback: 10, max: MAX_WINDOW });
  const skip = wholeOf(request['from'], 'from', { fallback: 0, max: MAX_WINDOW });
  if (size + skip > MAX_WINDOW) {
    throw new ElasticFault('illegal_argument_exception', `from + size must be at most ${MAX_WINDOW}: use search_after`);
  }
  if (size === 0) return [];
  const order = orderOf(request['sort']);
  const cursor = cursorOf(request['search_after'], order);
  const { rows } = await logs.find(
    { ...range, filter, order, limit: size + skip, ...(cursor === undefined ? {} : { cursor }) },
    signal,
  );
  return rows.slice(skip).map((row) => hitOf(row, request));
}

/** Rows come in the order of time; what else is sorted by is refused, but for what only breaks ties. */
function orderOf(sort: unknown): 'newest' | 'oldest' {
  const keys = listOf(sort).flatMap((key): (readonly [string, unknown])[] =>
    typeof key === 'string' ? [[key, 'asc']] : Object.entries((key ?? {}) as JsonObject),
  );
  const [first] = keys.filter(([name]) => !['_doc', '_score', '_shard_doc', '_id'].includes(name));
  if (first === undefined) return 'newest';
  const [name, value] = first;
  if (fieldKind(name) !== 'time')
    throw new ElasticFault('illegal_argument_exception', `rows are sorted by @timestamp, not by [${name}]`);
  const order = typeof value === 'object' && value !== null ? (value as JsonObject)['order'] : value;
  return order === 'desc' ? 'newest' : 'oldest';
}

function cursorOf(after: unknown, order: 'newest' | 'oldest'): string | undefined {
  if (after === undefined) return undefined;
  const [ms, id] = listOf(after);
  if (typeof id === 'string' && /^\d+_\d+$/.test(id)) return id;
  const time = Number(ms);
  if (!Number.isFinite(time))
    throw new ElasticFault('illegal_argument_exception', '[search_after] must begin with a time');
  return order === 'newest' ? `${time * 1_000}_0` : `${time * 1_000 + 999}_18446744073709551615`;
}

function hitOf(row: LogRow, request: JsonObject): object {
  const source = Object.fromEntries(fieldsOf(row));
  const wanted = listOf(request['fields'] ?? request['docvalue_fields']).map((one) =>
    typeof one === 'string' ? one : String((one as JsonObject)['field']),
  );
  const fields = Object.entries(source).filter(([name]) => wanted.includes(name) || wanted.includes('*'));
  return {
    ...{ _index: INDEX, _id: row.id, _score: null },
    ...(request['_source'] === false ? {} : { _source: source }),
    ...(fields.length === 0 ? {} : { fields: Object.fromEntries(fields.map(([name, value]) => [name, [value]])) }),
    sort: [Math.floor(row.t), row.id],
  };
}
