import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberOfCell, timeOfCell } from './sql-cell.ts';

test('numbers are read as databases write them', () => {
  for (const [text, expected] of [
    ['12', 12],
    ['-0.5', -0.5],
    ['1.619118e+06', 1_619_118],
    ['t', 1],
    ['false', 0],
    ['', undefined],
    ['NaN', undefined],
    ['00:01:00', undefined],
    ['abc', undefined],
  ] as const) {
    assert.equal(numberOfCell(text), expected, text);
  }
});

test('times are read as databases write them', () => {
  const noon = Date.UTC(2026, 0, 2, 12);
  for (const [text, expected] of [
    ['2026-01-02 12:00:00', noon],
    ['2026-01-02 12:00:00.678901', noon + 678],
    ['2026-01-02 14:00:00+02', noon],
    ['2026-01-02 06:30:00-05:30', noon],
    ['2026-01-02T12:00:00Z', noon],
    ['2026-01-02', noon - 43_200_000],
    [String(noon), noon],
    [String(noon / 1_000), noon],
    ['infinity', undefined],
    ['soon', undefined],
    ['0', undefined],
    ['2026-13-45 00:00:00', undefined],
  ] as const) {
    assert.equal(timeOfCell(text), expected, text);
  }
});
