import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Matcher } from '#core/metric-query/query.ts';
import { systemClock } from '#io/clock.ts';
import { RefCache } from './ref-cache.ts';
import type { Selection } from './selection.ts';

const selection = (count: number): Selection => ({
  series: Array.from({ length: count }, (_, i) => ({ id: BigInt(i), family: 1, labels: {}, unit: '', type: 0 })),
  truncated: false,
});
const host = (value: string): Matcher[] => [{ label: 'host', op: '=', value }];

function setUp(): {
  cache: RefCache;
  reads: () => number;
  get: (value: string, count?: number, limit?: number) => Promise<Selection>;
  pass: (ms: number) => void;
} {
  let now = 0;
  let reads = 0;
  const cache = new RefCache({ ...systemClock, monotonic: () => now });
  const get = (value: string, count = 1, limit = 10): Promise<Selection> =>
    cache.get(host(value), { limit }, () => {
      reads += 1;
      return Promise.resolve(selection(count));
    });
  return { cache, reads: () => reads, get, pass: (ms) => (now += ms) };
}

test('a selection is read once in some seconds, and again after new series', async () => {
  const { cache, reads, get, pass } = setUp();
  await get('a');
  await get('a');
  assert.equal(reads(), 1);
  await get('a', 1, 20);
  await get('b');
  assert.equal(reads(), 3);
  pass(6000);
  await get('a');
  assert.equal(reads(), 4);
  cache.clear();
  await get('a');
  assert.equal(reads(), 5);
});

test('an empty selection is not kept, and the oldest go when there are too many series', async () => {
  const { reads, get } = setUp();
  await get('none', 0);
  await get('none', 0);
  assert.equal(reads(), 2);
  await get('big', 60_000);
  await get('bigger', 60_000);
  await get('bigger', 60_000);
  assert.equal(reads(), 4);
  await get('big', 60_000);
  assert.equal(reads(), 5);
});

test('what is read while new series are on their way into the store is not kept', async () => {
  const { cache, reads, get, pass } = setUp();
  cache.clear();
  await get('a');
  await get('a');
  assert.equal(reads(), 2);
  pass(2000);
  await get('a');
  await get('a');
  assert.equal(reads(), 3);
});
