import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jsonNumber } from './json-number.ts';
import { NUMBER_BYTES, NumberBytes } from './number-bytes.ts';

const VALUES = [
  [0, -0, 1, 9, 10, 11, 99, 100, 9_999, 10_000, 99_999_999, 100_000_000, 999_999_999, 1_000_000_000, 2 ** 31, 2 ** 53],
  [-1, -10, -1e9, 1e15 - 1, 1e15, 999_999_999_999_999.9, 1e21, Number.MAX_VALUE, 5e-324, -1e-7, -Number.MAX_VALUE],
  [0.1, 1.5, -0.5, 0.000_001, 0.000_001_5, 1e-7, 99_999_999.5, 123_456_789.123_456, 2 ** 52 + 0.5, 1 / 3],
  [0.1 + 0.2, 100_000_000.000_001, 3.000_001, 12.000_1, Number.NaN, Infinity, -Infinity],
].flat();

function checked(numbers: NumberBytes, value: number): void {
  const bytes = Buffer.alloc(NUMBER_BYTES + 1);
  const end = numbers.write(new DataView(bytes.buffer, bytes.byteOffset), 1, value);
  assert.equal(bytes.toString('latin1', 1, end), jsonNumber(value));
}

test('numbers are written as JavaScript writes them, whatever came before', () => {
  for (const before of VALUES) {
    const numbers = new NumberBytes();
    for (const value of VALUES) {
      checked(numbers, before);
      checked(numbers, value);
    }
  }
});

test('so are all decimals and all doubles', () => {
  const decimal = fc
    .tuple(fc.maxSafeInteger(), fc.integer({ min: 0, max: 9 }))
    .map(([digits, decimals]) => digits / 10 ** decimals);
  const small = fc
    .tuple(fc.integer({ min: -1e7, max: 1e7 }), fc.integer({ min: 0, max: 9 }))
    .map(([digits, decimals]) => digits / 10 ** decimals);
  const numbers = new NumberBytes();
  fc.assert(
    fc.property(fc.oneof(decimal, small, fc.double()), (value) => checked(numbers, value)),
    { numRuns: 20_000 },
  );
});
