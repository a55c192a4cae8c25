import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatOpenMetrics, formatPlain, formatShort, formatValue } from './number-text.ts';

/** As Go prints them: API of Prometheus, strconv 'f' -1, %g, OpenMetrics. */
const CASES: readonly (readonly [number, string, string, string, string])[] = [
  [0, '0', '0', '0', '0.0'],
  [-0, '-0', '-0', '-0', '-0.0'],
  [1, '1', '1', '1', '1.0'],
  [0.1, '0.1', '0.1', '0.1', '0.1'],
  [-2.5, '-2.5', '-2.5', '-2.5', '-2.5'],
  [100000, '100000', '100000', '100000', '100000.0'],
  [1234567, '1234567', '1234567', '1.234567e+06', '1.234567e+06'],
  [0.0001, '0.0001', '0.0001', '0.0001', '0.0001'],
  [0.00001234, '0.00001234', '0.00001234', '1.234e-05', '1.234e-05'],
  [1e-7, '1e-07', '0.0000001', '1e-07', '1e-07'],
  [1.5e-10, '1.5e-10', '0.00000000015', '1.5e-10', '1.5e-10'],
  [1e21, '1e+21', '1000000000000000000000', '1e+21', '1e+21'],
  [-1.25e22, '-1.25e+22', '-12500000000000000000000', '-1.25e+22', '-1.25e+22'],
  [NaN, 'NaN', 'NaN', 'NaN', 'NaN'],
  [Infinity, '+Inf', '+Inf', '+Inf', '+Inf'],
  [-Infinity, '-Inf', '-Inf', '-Inf', '-Inf'],
];

for (const [value, api, plain, short, openMetrics] of CASES) {
  test(`${api} is written as Go writes it`, () => {
    assert.deepEqual(
      [formatValue(value), formatPlain(value), formatShort(value), formatOpenMetrics(value)],
      [api, plain, short, openMetrics],
    );
  });
}

test('every finite float reads back', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      for (const format of [formatValue, formatPlain, formatShort, formatOpenMetrics]) {
        assert.ok(Object.is(Number(format(value)), value), format(value));
      }
      assert.doesNotMatch(formatPlain(value), /e/);
    }),
  );
});
