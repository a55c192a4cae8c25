import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aggregate } from './aggregate.ts';
import { consolidate } from './consolidate.ts';
import { delta, differencesOnGrid, increase, rate } from './counter.ts';
import { evaluateSeries } from './evaluate.ts';
import { chooseStep, gridOf, stepAtLeast } from './grid.ts';
import { inferInterval } from './interval.ts';
import { statistics } from './statistics.ts';

const f = (...values: number[]): Float64Array => Float64Array.from(values);
const NaN_ = Number.NaN;

test('the step is the smallest one that keeps within the points wanted', () => {
  const hour = 3_600_000;
  assert.equal(chooseStep(0, hour, 600), 10_000);
  assert.equal(chooseStep(0, 24 * hour, 600), 300_000);
  assert.equal(chooseStep(0, 5000, 600), 1000);
  assert.equal(chooseStep(0, 30 * 24 * hour, 600), 2 * hour);
  assert.equal(chooseStep(0, hour, 600, 60_000), 60_000);
  assert.equal(stepAtLeast(61_000), 120_000);
  fc.assert(
    fc.property(fc.nat(2e12), fc.nat(1e12), fc.integer({ min: 1, max: 11_000 }), (from, length, points) => {
      const step = chooseStep(from, from + length, Math.max(2, points));
      const grid = gridOf(from, from + length, step);
      assert.ok(grid.points >= 1 && grid.points <= Math.max(2, points));
      assert.ok(grid.start <= from && grid.start + grid.points * step > from + length);
    }),
  );
});

test('points of a step become one value and an empty step is a gap', () => {
  const t = f(0, 400, 1000, 3000, 3999);
  const v = f(1, 3, NaN_, 5, 9);
  const grid = gridOf(0, 4000, 1000);
  assert.deepEqual(consolidate(t, v, grid), f(2, NaN_, NaN_, 7, NaN_));
  assert.deepEqual(consolidate(t, v, grid, { how: 'max' }), f(3, NaN_, NaN_, 9, NaN_));
  assert.deepEqual(consolidate(t, v, grid, { how: 'min' }), f(1, NaN_, NaN_, 5, NaN_));
  assert.deepEqual(consolidate(t, v, grid, { how: 'last' }), f(3, NaN_, NaN_, 9, NaN_));
  assert.deepEqual(consolidate(t, v, grid, { how: 'sum' }), f(4, NaN_, NaN_, 14, NaN_));
  assert.deepEqual(consolidate(t, v, grid, { how: 'count' }), f(2, NaN_, NaN_, 2, NaN_));
});

test('a point is held for its own interval on a finer grid, a missed point stays a gap', () => {
  const grid = gridOf(0, 9000, 1000);
  const t = f(0, 2000, 4000, 8000);
  const v = f(1, 2, 3, 4);
  assert.equal(inferInterval(t), 2000);
  assert.deepEqual(evaluateSeries('raw', t, v, grid), f(1, 1, 2, 2, 3, 3, NaN_, NaN_, 4, 4));
  assert.deepEqual(consolidate(f(-1000), f(7), grid, { hold: 2000 }).subarray(0, 2), f(7, NaN_));
  assert.deepEqual(consolidate(f(0, 1000), f(7, NaN_), grid, { hold: 5000 }).subarray(0, 3), f(7, NaN_, NaN_));
});

test('counters know resets, gauges do not, NaN and gaps are skipped', () => {
  const t = f(0, 1000, 3000, 4000, 5000, 100_000);
  const v = f(10, 20, 60, NaN_, 30, 40);
  assert.deepEqual(increase(t, v), f(NaN_, 10, 40, NaN_, 30, 10));
  assert.deepEqual(rate(t, v, 10_000), f(NaN_, 10, 20, NaN_, 15, NaN_));
  assert.deepEqual(delta(t, v), f(NaN_, 10, 40, NaN_, -30, 10));
});

test('increases on a grid add up to the whole however the points lie', () => {
  const points = fc.array(fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 1000 })), {
    minLength: 2,
  });
  fc.assert(
    fc.property(points, fc.integer({ min: 1, max: 9 }), (list, seconds) => {
      let [time, value] = [1_000_000, 0];
      const t = Float64Array.from(list, ([distance]) => (time += distance));
      const v = Float64Array.from(list, ([, growth]) => (value += growth));
      const grid = gridOf(t[0]!, t.at(-1)!, seconds * 1000);
      const sum = differencesOnGrid('increase', t, v, grid).reduce((a, b) => a + (Number.isNaN(b) ? 0 : b), 0);
      assert.ok(Math.abs(sum - (v.at(-1)! - v[0]!)) < 1e-6);
    }),
  );
});

test('a rate on a grid is the increase over the covered time', () => {
  const grid = gridOf(0, 3999, 1000);
  assert.deepEqual(differencesOnGrid('rate', f(0, 2000, 3500), f(0, 10, 25), grid), f(5, 5, 10, 10));
  assert.deepEqual(differencesOnGrid('rate', f(0, 2000, 3500), f(50, 60, 3), grid), f(5, 5, 2, 2));
  assert.deepEqual(evaluateSeries('rate', f(0, 1000, 50_000), f(0, 10, 20), grid, 1000), f(10, NaN_, NaN_, NaN_));
});

test('series are aggregated by labels and NaN is no value', () => {
  const series = {
    labels: [{ host: 'a', cpu: '0' }, { host: 'a', cpu: '1' }, { host: 'b' }],
    values: [f(1, NaN_, 3), f(3, NaN_, NaN_), f(5, 6, 7)],
  };
  const by = (op: 'sum' | 'avg' | 'min' | 'max' | 'count') => aggregate(series, { op, by: ['host'] });
  assert.deepEqual(by('sum'), { labels: [{ host: 'a' }, { host: 'b' }], values: [f(4, NaN_, 3), f(5, 6, 7)] });
  assert.deepEqual(by('avg').values[0], f(2, NaN_, 3));
  assert.deepEqual(by('min').values[0], f(1, NaN_, 3));
  assert.deepEqual(by('max').values[0], f(3, NaN_, 3));
  assert.deepEqual(by('count').values[0], f(2, NaN_, 1));
  assert.deepEqual(aggregate(series, { op: 'sum', by: [] }), { labels: [{}], values: [f(9, 6, 10)] });
});

test('statistics leave NaN out', () => {
  assert.deepEqual(statistics(f(NaN_, 1, 4, NaN_, 1, NaN_)), { min: 1, max: 4, avg: 2, last: 1, count: 3 });
  assert.equal(statistics(f(NaN_)).count, 0);
});
