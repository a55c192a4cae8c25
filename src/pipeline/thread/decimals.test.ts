import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FLOAT_BITS } from '#storage/clickhouse/schema/sample-value.ts';
import { decimalsOf } from './decimals.ts';

const CASES: readonly (readonly [value: number, decimals: number])[] = [
  [0, 0],
  [-7, 0],
  [1e15, 0],
  [2 ** 53, 0],
  [-(2 ** 53), 0],
  [2 ** 53 + 2, FLOAT_BITS],
  [1e22, FLOAT_BITS],
  [0.5, 1],
  [-12.25, 2],
  [99.99, 2],
  [1e-15, 15],
  [1e-16, FLOAT_BITS],
  [0.123456789012345, 15],
  [123456789.012345, 6],
  [0.1 + 0.2, FLOAT_BITS],
  [1 / 3, FLOAT_BITS],
  [5e-324, FLOAT_BITS],
  [-5e-324, FLOAT_BITS],
  [-0, FLOAT_BITS],
  [Number.NaN, FLOAT_BITS],
  [Number.POSITIVE_INFINITY, FLOAT_BITS],
  [Number.NEGATIVE_INFINITY, FLOAT_BITS],
];

test('the fewest decimals are found, and none where there are none', () => {
  for (const [value, decimals] of CASES) assert.equal(decimalsOf(value), decimals, String(value));
});

test('every number written with up to 15 digits has as many decimals as it is written with', () => {
  const digits = fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }).filter((all) => all % 10n !== 0n);
  fc.assert(
    fc.property(digits, fc.integer({ min: 0, max: 15 }), (all, decimals) => {
      assert.equal(decimalsOf(Number(`${all}e-${decimals}`)), decimals);
    }),
    { numRuns: 20_000 },
  );
});
