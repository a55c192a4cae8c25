import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rounded, roundHalfEven } from './round.ts';

const value = fc.oneof(
  fc.double(),
  fc.double({ min: -1e6, max: 1e6 }),
  fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 2 ** 10),
  fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 2e6),
);

const inPlace = (values: Float64Array, decimals: number): Float64Array => rounded(values, decimals, values);

test('exact halves go to the even neighbour', () => {
  assert.deepEqual([...inPlace(Float64Array.of(0.5, 1.5, -0.5, 2.5), 0)], [0, 2, 0, 2]);
  assert.deepEqual([...inPlace(Float64Array.of(0.125, 0.375, 2.675, -1e-9), 2)], [0.12, 0.38, 2.67, -0]);
});

test('many values are rounded as each of them is', () => {
  fc.assert(
    fc.property(value, fc.integer({ min: -3, max: 20 }), (one, decimals) => {
      const [found] = inPlace(Float64Array.of(one), decimals);
      assert.ok(Object.is(found, roundHalfEven(one, decimals)), `${one} to ${decimals}: ${found}`);
    }),
    { numRuns: 20_000 },
  );
});
