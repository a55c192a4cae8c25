import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseInstant } from './instant.ts';

const AT = Date.UTC(2026, 10, 25, 2, 10, 46);

test('seconds, milliseconds and ISO 8601 are the same time', () => {
  const spellings = [AT / 1_000, AT, String(AT / 1_000), String(AT), '2026-11-25T02:10:46Z', '2026-11-25T02:10:46'];
  for (const spelling of [...spellings, '2026-11-25 02:10:46', '2026-11-25T03:10:46+01:00', '2026-11-25 03:10:46+0100'])
    assert.equal(parseInstant(spelling), AT, String(spelling));
  assert.equal(parseInstant('2026-11-25'), Date.UTC(2026, 10, 25));
  assert.equal(parseInstant('1.5'), 1_500);
});

test('the unit decides where it is given', () => {
  assert.equal(parseInstant(5_000, 'ms'), 5_000);
  assert.equal(parseInstant('5000', 's'), 5_000_000);
});

test('what is no time is undefined', () => {
  for (const text of ['', 'x', ' ', '2026-13-45', '12:00', 'now', null, true, Number.NaN, {}]) {
    assert.equal(parseInstant(text), undefined, String(text));
  }
});
