import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { MetricQuery } from '#core/metric-query/query.ts';
import { gridOf } from '#core/series-math/grid.ts';
import { greatest, LiveColumns, type SampleFeed } from './live-columns.ts';

const START = 1_800_000_000_000;
const STEP = 1_000;
const POINTS = 20;
const matchers = [{ label: '__name__', op: '=' as const, value: 'x' }];
const QUERIES: readonly MetricQuery[] = [
  { matchers, fn: 'raw' },
  { matchers, fn: 'rate' },
  { matchers, fn: 'increase', aggregate: { op: 'sum', by: ['mode'] } },
  { matchers, fn: 'raw', aggregate: { op: 'avg', by: [] } },
];

function feedOf(samples: readonly (readonly number[])[], until: number): SampleFeed {
  return {
    series: samples.map((_, i) => ({
      sid: String(i),
      labels: { __name__: 'x', id: String(i), mode: i % 2 ? 'a' : 'b' },
    })),
    rings: samples.map((values) => {
      const shown = values.slice(0, until);
      return { t: Float64Array.from(shown, (_, i) => START + i * STEP + 400), v: Float64Array.from(shown) };
    }),
  };
}

const gridAt = (seconds: number) => gridOf(START + (seconds - POINTS + 1) * STEP, START + seconds * STEP, STEP);

for (const query of QUERIES) {
  test(`moving on tick by tick equals computing anew: ${query.fn} ${query.aggregate?.op ?? ''}`, () => {
    const series = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 45, maxLength: 45 });
    fc.assert(
      fc.property(fc.array(series, { minLength: 1, maxLength: 4 }), (samples) => {
        const feed = { ...feedOf(samples, 30) } as { series: SampleFeed['series']; rings: SampleFeed['rings'] };
        const moving = new LiveColumns(query, feed);
        moving.reset(gridAt(29), 10);
        for (let now = 30; now < 45; now++) {
          feed.rings = feedOf(samples, now + 1).rings;
          moving.touch(START + now * STEP + 400);
          moving.advance(gridAt(now));
        }
        const anew = new LiveColumns(query, feed);
        anew.reset(gridAt(44), 10);
        assert.deepEqual(moving.labels, anew.labels);
        assert.deepEqual(moving.values, anew.values);
      }),
      { numRuns: 30 },
    );
  });
}

test('of too many series the greatest are kept, and they move on', () => {
  const samples = [1, 9, 3, 8].map((value) => Array.from({ length: 40 }, () => value));
  const feed = feedOf(samples, 40);
  const columns = new LiveColumns({ matchers, fn: 'raw' }, feed);
  columns.reset(gridAt(30), 2);
  columns.advance(gridAt(39));
  assert.equal(columns.total, 4);
  assert.deepEqual(
    columns.labels.map(({ id }) => id),
    ['1', '3'],
  );
  assert.deepEqual(
    columns.values.map((column) => column.at(-1)),
    [9, 8],
  );
});

test('of too many groups the greatest are kept, and each goes on with its own values', () => {
  const samples = [1, 9].map((value) => Array.from({ length: 40 }, () => value));
  const columns = new LiveColumns({ matchers, fn: 'raw', aggregate: { op: 'max', by: ['mode'] } }, feedOf(samples, 40));
  columns.reset(gridAt(30), 1);
  columns.advance(gridAt(39));
  assert.deepEqual(columns.labels, [{ mode: 'a' }]);
  assert.equal(columns.values[0]?.at(-1), 9);
});

test('greatest ignores gaps and keeps the given order', () => {
  const columns = [
    [1, 1],
    [Number.NaN, Number.NaN],
    [5, Number.NaN],
    [3, 3],
  ].map((c) => Float64Array.from(c));
  assert.deepEqual(greatest(columns, 2), [2, 3]);
});

test('a series that begins shows how often its samples come only after the second', () => {
  const t = [START, START + 10_000, START + 20_000];
  const rings = [{ t: Float64Array.from(t.slice(0, 1)), v: Float64Array.of(1) }];
  const columns = new LiveColumns({ matchers, fn: 'raw' }, { series: feedOf([[1]], 1).series, rings });
  columns.reset(gridOf(START, START + POINTS * STEP, STEP), 1);
  assert.deepEqual([columns.interval, columns.hasNewInterval()], [0, false]);
  rings[0] = { t: Float64Array.from(t), v: Float64Array.of(1, 2, 3) };
  assert.equal(columns.hasNewInterval(), true);
  columns.reset(gridOf(START, START + POINTS * STEP, STEP), 1);
  assert.deepEqual([columns.interval, columns.hasNewInterval()], [10_000, false]);
});
