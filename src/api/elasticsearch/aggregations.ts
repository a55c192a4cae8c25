import type { BucketKind, BucketNumber, BucketTree, NumberKind } from '#query/logs/index.ts';
import { ElasticFault } from './fault.ts';
import { intervalOf } from './interval.ts';
import { type JsonObject, objectOf, textOf, wholeOf } from './json.ts';
import { fieldName, readQuery } from './query-dsl.ts';

/** An aggregation as it was asked for. */
export type Aggregation = {
  readonly name: string;
  readonly kind: string;
  readonly body: JsonObject;
  readonly aggs: readonly Aggregation[];
};

const NUMBERS: Readonly<Record<string, readonly NumberKind[]>> = {
  avg: ['avg'],
  min: ['min'],
  max: ['max'],
  sum: ['sum'],
  value_count: ['count'],
  cardinality: ['distinct'],
  stats: ['count', 'min', 'max', 'avg', 'sum'],
  extended_stats: ['count', 'min', 'max', 'avg', 'sum', 'stdev'],
  percentiles: [],
};
const BUCKETS = new Set(['date_histogram', 'histogram', 'terms', 'filters', 'filter']);
const PERCENTS = [1, 5, 25, 50, 75, 95, 99];
const MAX_AGGREGATIONS = 100;

/** Reads `aggs`. Throws an {@link ElasticFault} for what is not known. */
export function readAggregations(value: unknown, depth = 0): Aggregation[] {
  if (value === undefined) return [];
  if (depth > 4) throw new ElasticFault('illegal_argument_exception', 'aggregations can be 4 deep');
  const entries = Object.entries(objectOf(value, 'aggs'));
  if (entries.length > MAX_AGGREGATIONS) throw new ElasticFault('illegal_argument_exception', 'too many aggregations');
  return entries.map(([name, one]) => {
    const { aggs, aggregations, meta: _, ...rest } = objectOf(one, name);
    const kind = Object.keys(rest)[0] ?? '';
    if (!BUCKETS.has(kind) && !Object.hasOwn(NUMBERS, kind)) {
      throw new ElasticFault('parsing_exception', `unknown aggregation type [${kind}] of [${name}]`);
    }
    return { name, kind, body: objectOf(rest[kind], kind), aggs: readAggregations(aggs ?? aggregations, depth + 1) };
  });
}

export const isBucket = ({ kind }: Aggregation): boolean => BUCKETS.has(kind);

/** The numbers that a metric needs. */
export function numbersOf({ name, kind, body }: Aggregation): BucketNumber[] {
  const field = fieldName(textOf(body['field'] ?? 'message', 'field'));
  const kinds =
    kind === 'percentiles' ? percentsOf(body).map((percent): NumberKind => `p${percent}`) : (NUMBERS[kind] ?? []);
  return kinds.map((fn) => ({ name: `${name}/${fn}`, fn, field }));
}

/** The percents of `percentiles`. */
export function percentsOf(body: JsonObject): number[] {
  const percents = Array.isArray(body['percents']) ? body['percents'].map(Number) : PERCENTS;
  if (percents.every((percent) => percent >= 0 && percent <= 100)) return percents;
  throw new ElasticFault('illegal_argument_exception', '[percents] must be between 0 and 100');
}

/** Aggregations as a tree of buckets. */
export function treeOf(aggregations: readonly Aggregation[]): BucketTree {
  return {
    numbers: aggregations.filter((one) => !isBucket(one)).flatMap(numbersOf),
    buckets: aggregations
      .filter(isBucket)
      .map((one) => ({ name: one.name, by: bucketOf(one), tree: treeOf(one.aggs) })),
  };
}

/** Names and queries of `filters`, in their order. */
export function namedFilters({ kind, body }: Aggregation): [name: string, query: unknown][] {
  if (kind === 'filter') return [['', body]];
  const filters = body['filters'];
  if (Array.isArray(filters)) return filters.map((query, i) => [String(i), query]);
  return Object.entries(objectOf(filters, 'filters'));
}

function bucketOf(aggregation: Aggregation): BucketKind {
  const { kind, body } = aggregation;
  if (kind === 'filters' || kind === 'filter') {
    return { kind: 'filters', filters: namedFilters(aggregation).map(([, query]) => readQuery(query)) };
  }
  if (kind === 'date_histogram') return { kind: 'time', stepMs: intervalOf(body) };
  const field = fieldName(textOf(body['field'], 'field'));
  if (kind === 'terms') return { kind: 'terms', field, ...termsOptions(aggregation) };
  const interval = Number(body['interval']);
  if (interval > 0) return { kind: 'number', field, interval };
  throw new ElasticFault('illegal_argument_exception', '[interval] must be greater than 0');
}

function termsOptions({ body, aggs }: Aggregation): {
  size: number;
  orderBy: string;
  descending: boolean;
  missing?: string;
} {
  // Elasticsearch takes 0 for "all", as older versions of dashboards send it.
  const size = wholeOf(body['size'], 'size', { fallback: 10, max: 10_000 }) || 10_000;
  const order = Array.isArray(body['order']) ? body['order'][0] : body['order'];
  const [by, direction] = Object.entries(objectOf(order ?? { _count: 'desc' }, 'order'))[0] ?? ['_count', 'desc'];
  const missing = body['missing'];
  return {
    ...{ size, orderBy: orderName(by, aggs), descending: direction === 'desc' },
    ...(missing === undefined ? {} : { missing: textOf(missing, 'missing') }),
  };
}

function orderName(by: string, aggs: readonly Aggregation[]): string {
  if (by === '_count') return 'count';
  if (by === '_key' || by === '_term') return 'key';
  const [, name = '', part] = /^(.+?)(?:[.[]([^\]]+)\]?)?$/.exec(by) ?? [];
  const metric = aggs.find((one) => one.name === name);
  if (metric === undefined) throw new ElasticFault('illegal_argument_exception', `cannot order by [${by}]`);
  const numbers = numbersOf(metric);
  const wanted = numbers.find(({ fn }) => fn === part || fn === `p${Number(part)}`) ?? numbers[0];
  return wanted?.name ?? 'count';
}
