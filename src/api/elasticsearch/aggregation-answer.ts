import type { Bucket, BucketResult } from '#query/logs/index.ts';
import { type Aggregation, isBucket, namedFilters, numbersOf, percentsOf } from './aggregations.ts';
import { ElasticFault } from './fault.ts';
import { intervalOf } from './interval.ts';
import { type JsonObject, objectOf } from './json.ts';

const MAX_EMPTY = 65_536;

/** The answer to aggregations, as Elasticsearch spells it. */
export function aggregationAnswer(aggregations: readonly Aggregation[], result: BucketResult): Record<string, object> {
  return Object.fromEntries(
    aggregations.map((one) => [
      one.name,
      isBucket(one) ? bucketsAnswer(one, result.buckets.get(one.name) ?? []) : numberAnswer(one, result),
    ]),
  );
}

function numberAnswer(aggregation: Aggregation, { numbers }: BucketResult): object {
  const { kind, body } = aggregation;
  const of = (fn: string): number | null => numbers.get(`${aggregation.name}/${fn}`) ?? null;
  if (kind === 'percentiles') {
    const values = percentsOf(body).map((percent) => [percent, of(`p${percent}`)] as const);
    if (body['keyed'] === false) return { values: values.map(([key, value]) => ({ key, value })) };
    return {
      values: Object.fromEntries(
        values.map(([key, value]) => [Number.isInteger(key) ? key.toFixed(1) : String(key), value]),
      ),
    };
  }
  const list = numbersOf(aggregation);
  if (kind !== 'stats' && kind !== 'extended_stats') return { value: of(list[0]?.fn ?? '') };
  const plain = Object.fromEntries(list.map(({ fn }) => [fn === 'stdev' ? 'std_deviation' : fn, of(fn)]));
  return { ...plain, sum: of('sum') ?? 0 };
}

function bucketsAnswer(aggregation: Aggregation, buckets: readonly Bucket[]): object {
  switch (aggregation.kind) {
    case 'terms': {
      const list = buckets.map(({ key, result }) => ({ key, ...bucketAnswer(aggregation, result) }));
      return { doc_count_error_upper_bound: 0, sum_other_doc_count: 0, buckets: list };
    }
    case 'filter':
      return bucketAnswer(aggregation, buckets[0]?.result ?? EMPTY);
    case 'filters': {
      const byKey = new Map(buckets.map(({ key, result }) => [key, result]));
      const list = namedFilters(aggregation).map(
        ([name], i) => [name, bucketAnswer(aggregation, byKey.get(String(i)) ?? EMPTY)] as const,
      );
      const isKeyed = !Array.isArray(aggregation.body['filters']);
      return { buckets: isKeyed ? Object.fromEntries(list) : list.map(([, bucket]) => bucket) };
    }
    default:
      return { buckets: steps(aggregation, buckets) };
  }
}

const EMPTY: BucketResult = { count: 0, numbers: new Map(), buckets: new Map() };

const bucketAnswer = ({ aggs }: Aggregation, result: BucketResult): { doc_count: number } => ({
  doc_count: result.count,
  ...aggregationAnswer(aggs, result),
});

/** Buckets of time or numbers, with the empty ones between where they are wanted. */
function steps(aggregation: Aggregation, buckets: readonly Bucket[]): object[] {
  const { body, kind } = aggregation;
  const isTime = kind === 'date_histogram';
  const known = new Map(buckets.map(({ key, result }) => [Number(key), result]));
  const least = Number(body['min_doc_count'] ?? 0);
  const keys =
    least > 0
      ? [...known.keys()]
      : allKeys(body, [...known.keys()], isTime ? intervalOf(body) : Number(body['interval']));
  const list = keys.map((key) => ({
    ...(isTime ? { key_as_string: timeText(key, body) } : {}),
    key,
    ...bucketAnswer(aggregation, known.get(key) ?? EMPTY),
  }));
  return list.filter(({ doc_count: count }) => count >= least);
}

function allKeys(body: JsonObject, known: readonly number[], step: number): number[] {
  const bounds = body['extended_bounds'] === undefined ? {} : objectOf(body['extended_bounds'], 'extended_bounds');
  const ends = [bounds['min'], bounds['max']].map(Number).filter(Number.isFinite);
  const all = [...known, ...ends.map((end) => Math.floor(end / step) * step)];
  if (all.length === 0) return [];
  const [first, last] = [Math.min(...all), Math.max(...all)];
  const count = Math.round((last - first) / step) + 1;
  if (count > MAX_EMPTY) throw new ElasticFault('too_many_buckets_exception', `there would be ${count} buckets`);
  return Array.from({ length: count }, (_, i) => first + i * step);
}

const timeText = (ms: number, { format }: JsonObject): string =>
  format === 'epoch_millis' ? String(ms) : format === 'epoch_second' ? String(ms / 1_000) : new Date(ms).toISOString();
