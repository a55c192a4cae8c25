import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AppError } from '#core/errors.ts';
import { parseAtTime } from './at-time.ts';
import { parseInterval } from './interval.ts';

/** Saturday 2026-11-21, 07:02:05 UTC. */
const NOW = Date.UTC(2026, 10, 21, 7, 2, 5) / 1000;
const at = (...time: [number, number, number, number?, number?, number?]): number => {
  const [year, month, day, hour = 0, minute = 0, second = 0] = time;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
};

const TIMES: readonly (readonly [string, number])[] = [
  ['now', NOW],
  ['', NOW],
  ['-1h', NOW - 3600],
  ['now-5min', NOW - 300],
  ['today-', at(2026, 11, 21)],
  ['1:2', at(2026, 11, 21, 1, 2)],
  ['NOW - 1 hour', NOW - 3600],
  ['now-1h30min', NOW - 5400],
  ['+2days', NOW + 172_800],
  ['-1mon', NOW - 30 * 86_400],
  ['-1y', NOW - 365 * 86_400],
  ['-2weeks', NOW - 14 * 86_400],
  ['1795132800', 1_795_132_800],
  ['20261120', at(2026, 11, 20)],
  ['00:00_20261120', at(2026, 11, 20)],
  ['23:59 20261120', at(2026, 11, 20, 23, 59)],
  ['noon_yesterday', at(2026, 11, 20, 12)],
  ['midnight', at(2026, 11, 21)],
  ['midnight_tomorrow', at(2026, 11, 22)],
  ['teatime', at(2026, 11, 21, 16)],
  ['6pm today', at(2026, 11, 21, 18)],
  ['10:30am', at(2026, 11, 21, 10, 30)],
  ['noon+1h', at(2026, 11, 21, 13)],
  ['monday', at(2026, 11, 16)],
  ['saturday', at(2026, 11, 21)],
  ['8am_sunday-2h', at(2026, 11, 15, 6)],
  ['nov 5', at(2026, 11, 5)],
  ['11/20/26', at(2026, 11, 20)],
  ['1/2/1970', at(1970, 1, 2)],
];

for (const [text, expected] of TIMES) {
  test(`"${text}" is a time`, () => assert.equal(parseAtTime(text, { now: NOW, timeZone: 'UTC' }), expected));
}

test('calendar times are those of the zone, in summer and winter', () => {
  const base = { now: NOW, timeZone: 'Europe/Berlin' };
  assert.equal(parseAtTime('midnight', base), at(2026, 11, 20, 23));
  assert.equal(parseAtTime('noon_20260701', base), at(2026, 7, 1, 10));
  assert.equal(parseAtTime('-1h', base), NOW - 3600);
});

for (const text of ['foo', '25:00', '20261301x', 'nov', '-5', '-5x', '2/30/26', '1795132800.5']) {
  test(`"${text}" is refused`, () => {
    assert.throws(() => parseAtTime(text, { now: NOW, timeZone: 'UTC' }), { code: 'bad_query' });
  });
}

test('any text is a time or refused with bad_query', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        assert.equal(typeof parseAtTime(text, { now: NOW, timeZone: 'UTC' }), 'number');
      } catch (error) {
        assert.ok(error instanceof AppError && error.code === 'bad_query', String(error));
      }
    }),
  );
});

const INTERVALS: readonly (readonly [string, number])[] = [
  ['5s', 5],
  ['5min', 300],
  ['2hours', 7200],
  ['-1d', -86_400],
  ['1w', 604_800],
  ['1month', 2_592_000],
  ['1year', 31_536_000],
  ['1h30min', 5400],
];

for (const [text, seconds] of INTERVALS) {
  test(`${text} is ${seconds} s`, () => assert.equal(parseInterval(text), seconds));
}
