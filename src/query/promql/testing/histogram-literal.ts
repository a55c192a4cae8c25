import type { Buckets, NativeHistogram, ResetHint } from '#core/model/histogram.ts';
import { numberOf } from './number-literal.ts';

const FIELD = /([a-z_]+)\s*:\s*(\[[^\]]*\]|[^\s\]]+)/g;
const HINTS: Readonly<Record<string, ResetHint>> = {
  unknown: 'unknown',
  reset: 'reset',
  not_reset: 'no_reset',
  gauge: 'gauge',
};
const KEYS = new Set([
  'schema',
  'sum',
  'count',
  'z_bucket',
  'z_bucket_w',
  'buckets',
  'n_buckets',
  'offset',
  'n_offset',
  'custom_values',
  'counter_reset_hint',
]);

/** The histogram of a literal without its braces: `schema:0 sum:5 count:4 buckets:[1 2 1]`. */
export function histogramOf(body: string): NativeHistogram {
  const fields = new Map<string, string>();
  for (const [, key = '', value = ''] of body.matchAll(FIELD)) {
    if (!KEYS.has(key)) throw new Error(`unknown key of a histogram: ${key}`);
    fields.set(key, value);
  }
  const number = (key: string): number => numberOf(fields.get(key) ?? '0');
  const list = (key: string): Float64Array => Float64Array.from(listOf(fields.get(key) ?? ''), numberOf);
  return {
    schema: number('schema'),
    resetHint: HINTS[fields.get('counter_reset_hint') ?? 'unknown'] ?? 'unknown',
    count: number('count'),
    sum: number('sum'),
    zeroThreshold: number('z_bucket_w'),
    zeroCount: number('z_bucket'),
    positive: bucketsFrom(number('offset'), list('buckets')),
    negative: bucketsFrom(number('n_offset'), list('n_buckets')),
    customValues: list('custom_values'),
  };
}

const listOf = (text: string): string[] => text.replace(/[[\]]/g, ' ').split(/\s+/).filter(Boolean);

const bucketsFrom = (offset: number, counts: Float64Array): Buckets => ({
  spans: counts.length === 0 ? [] : [{ offset, length: counts.length }],
  counts,
});
