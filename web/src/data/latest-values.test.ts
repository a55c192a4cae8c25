import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeFrame } from '#core/frame.ts';
import { latestOf } from './latest-values.ts';

const header = (band: boolean): object => ({
  type: 'range',
  band,
  series: [
    { sid: '1', labels: { a: 'x' } },
    { sid: '2', labels: { a: 'y' } },
  ],
});

test('the last known value of each series is taken, series without one are left out', () => {
  const frame = encodeFrame(header(false), [Float64Array.of(1, 2, Number.NaN), Float64Array.of(Number.NaN)]);
  assert.deepEqual(latestOf(frame.buffer), [{ labels: { a: 'x' }, value: 2 }]);
});

test('with a band only the mean counts', () => {
  const columns = [5, 4, 6, 50, 40, 60].map((value) => Float64Array.of(value));
  const values = latestOf(encodeFrame(header(true), columns).buffer).map(({ value }) => value);
  assert.deepEqual(values, [5, 50]);
});
