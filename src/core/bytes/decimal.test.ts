import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isNanText, parseDecimal } from './decimal.ts';

const parse = (text: string): number => {
  const bytes = Buffer.from(`x${text}y`, 'latin1');
  return parseDecimal(bytes, 1, bytes.length - 1);
};

const NUMBERS = [
  '0',
  '-0',
  '+5',
  '1.',
  '.5',
  '-.5',
  '007',
  '1e5',
  '1E-5',
  '1.5e+300',
  '1e400',
  '-1e400',
  '5e-324',
  '123456789012345',
  '1234567890123456',
  '9007199254740993',
  '0.1',
  '0.30000000000000004',
  '1.7976931348623157e308',
  '0.000000000000001',
  '99999999999999.9',
  '2.2250738585072011e-308',
];

test('numbers are exactly those of Number()', () => {
  for (const text of NUMBERS) assert.ok(Object.is(parse(text), Number(text)), text);
});

test('infinity is taken in the spellings of C and Python', () => {
  for (const text of ['inf', 'Inf', '+INF', 'infinity', 'Infinity']) assert.equal(parse(text), Infinity, text);
  for (const text of ['-inf', '-Infinity']) assert.equal(parse(text), -Infinity, text);
});

test('anything else is NaN, and a written NaN can be told from garbage', () => {
  const garbage = [
    '',
    '-',
    '+',
    '.',
    '-.',
    'e5',
    '1e',
    '1e+',
    '1.2.3',
    '0x10',
    '1_000',
    '1,5',
    ' 1',
    '1 ',
    '--1',
    'infi',
    'nanx',
    '\xff\xfe',
    '1\0',
    '١',
  ];
  const isNan = (text: string): boolean => isNanText(Buffer.from(text), 0, Buffer.byteLength(text));
  for (const text of garbage) {
    assert.ok(Number.isNaN(parse(text)), JSON.stringify(text));
    assert.equal(isNan(text), false, text);
  }
  for (const text of ['nan', 'NaN', '-nan', '+NAN']) {
    assert.ok(Number.isNaN(parse(text)), text);
    assert.equal(isNan(text), true, text);
  }
});

test('every double comes back from its own text, whatever its form', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(20), (value, digits) => {
      const texts = [String(value), value.toExponential(), value.toFixed(digits), value.toPrecision(digits + 1)];
      for (const text of texts) assert.ok(Object.is(parse(text), Number(text)), text);
    }),
    { numRuns: 5000 },
  );
});

test('any run of digits, point and exponent is read as Number() reads it', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 20 });
  fc.assert(
    fc.property(fc.constantFrom('', '-', '+'), digits, digits, (sign, whole, fraction) => {
      if (whole + fraction === '') return;
      for (const text of [`${sign}${whole}.${fraction}`, `${sign}${whole}${fraction}`])
        assert.ok(Object.is(parse(text), Number(text)), text);
    }),
    { numRuns: 5000 },
  );
});
