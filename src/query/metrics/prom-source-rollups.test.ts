import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heldValues, joinRollups } from './prom-source-rollups.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const points = ({ t, v }: { readonly t: Float64Array; readonly v: Float64Array }): number[][] =>
  [...t].map((time, i) => [(time + 1) / MINUTE, v[i]!]);

test('an hourly value is there every five minutes until the next, or for an hour', () => {
  const held = heldValues(Float64Array.of(0, HOUR, 4 * HOUR), Float64Array.of(1, 2, 3), HOUR, {
    from: 0,
    to: 6 * HOUR,
  });
  const of = (value: number): number[] => points(held).flatMap(([minute, v]) => (v === value ? [minute!] : []));
  assert.deepEqual(
    of(1),
    Array.from({ length: 12 }, (_, i) => 60 + 5 * i),
  );
  assert.deepEqual(
    of(2),
    Array.from({ length: 12 }, (_, i) => 120 + 5 * i),
  );
  assert.deepEqual(
    of(3),
    Array.from({ length: 12 }, (_, i) => 300 + 5 * i),
  );
});

test('only points in the interval count, and a row of five minutes is one point', () => {
  const [t, v] = [Float64Array.of(0, 5 * MINUTE, 10 * MINUTE), Float64Array.of(1, 2, 3)];
  const held = heldValues(t, v, 5 * MINUTE, { from: 6 * MINUTE, to: 14 * MINUTE });
  assert.deepEqual(points(held), [[10, 2]]);
});

test('raw samples follow the rollup points before their first', () => {
  const rolled = { t: Float64Array.of(1, 5, 9), v: Float64Array.of(1, 2, 3) };
  const raw = { t: Float64Array.of(5, 6), v: Float64Array.of(7, 8) };
  assert.deepEqual(joinRollups(rolled, raw), { t: Float64Array.of(1, 5, 6), v: Float64Array.of(1, 7, 8) });
  assert.equal(joinRollups(undefined, raw), raw);
  assert.equal(joinRollups(rolled, undefined), rolled);
});
