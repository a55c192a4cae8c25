import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatD, formatFloat, formatG, scaleUnits } from './number-format.ts';

const NUMBERS: readonly (readonly [number, string, string])[] = [
  [0, '0', '0.0'],
  [300, '300', '300.0'],
  [-2.5, '-2.5', '-2.5'],
  [0.1, '0.1', '0.1'],
  [123_456_789, '1.23457e+08', '123456789.0'],
  [0.0001, '0.0001', '0.0001'],
  [0.00001, '1e-05', '1e-05'],
  [1e15, '1e+15', '1000000000000000.0'],
  [1e16, '1e+16', '1e+16'],
  [1.5e300, '1.5e+300', '1.5e+300'],
  [999_999.5, '1e+06', '999999.5'],
  [Number.POSITIVE_INFINITY, 'inf', 'inf'],
  [Number.NaN, 'nan', 'nan'],
];

for (const [value, general, float] of NUMBERS) {
  test(`${value} is written as Python writes it`, () => {
    assert.equal(formatG(value), general);
    assert.equal(formatFloat(value), float);
  });
}

test('%d cuts decimals off and never uses an exponent', () => {
  assert.equal(formatD(-2.9), '-2');
  assert.equal(formatD(1e21), '1000000000000000000000');
});

test('units go to the largest prefix that is reached', () => {
  assert.deepEqual(scaleUnits(1500, 'si'), [1.5, 'k']);
  assert.deepEqual(scaleUnits(1_048_576, 'binary'), [1, 'Mi']);
  assert.deepEqual(scaleUnits(-999, 'si'), [-999, '']);
});
