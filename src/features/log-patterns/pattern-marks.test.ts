import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KnownPattern, PatternMark } from '#core/api/log-patterns.ts';
import { type MarkedRange, marksOf } from './pattern-marks.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const END = 1_000 * DAY;
const range: MarkedRange = { from: END - HOUR, end: END, count: 100, before: 100 };
const pattern: KnownPattern = {
  ...{ id: '0000000000000001', service: 's', words: ['a'], count: 1_000, isOther: false, splitFrom: undefined },
  ...{ first: END - 5 * DAY, last: END - 1, serviceFirst: END - 10 * DAY, serviceLast: END, hasSeries: false },
};

/** What is so, and the marks that follow. */
const CASES: readonly (readonly [string, Partial<KnownPattern>, Partial<MarkedRange>, readonly PatternMark[]])[] = [
  ['nothing special', {}, {}, []],
  ['first seen today', { first: END - HOUR * 2 }, {}, ['new']],
  ['first seen today, as its service was', { first: END - 2 * HOUR, serviceFirst: END - 3 * HOUR }, {}, []],
  ['three times as many', {}, { count: 300 }, ['surging']],
  ['half as many again', {}, { count: 150 }, []],
  ['three times as many of a few', {}, { count: 6, before: 2 }, []],
  ['from nothing', {}, { count: 40, before: 0 }, ['surging']],
  ['from nothing, since it is new', { first: END - HOUR / 2 }, { count: 40, before: 0 }, ['new']],
  [
    'a service that was not there before',
    { first: END - 1.5 * HOUR, serviceFirst: END - 1.5 * HOUR },
    { count: 900 },
    [],
  ],
  ['silent for a day', { first: END - 5 * DAY, last: END - 2 * DAY }, { count: 0 }, ['vanished']],
  ['silent with its service', { last: END - 2 * DAY, serviceLast: END - 2 * DAY }, { count: 0 }, []],
  ['rare, and silent for a day', { count: 12, last: END - DAY }, { count: 0 }, []],
  ['never regular', { count: 3, last: END - 4 * DAY }, { count: 0 }, []],
];

for (const [name, known, counts, marks] of CASES) {
  test(name, () => assert.deepEqual(marksOf([{ ...pattern, ...known }], { ...range, ...counts }), marks));
}

test('what is merged has the times of all its parts', () => {
  const parts = [{ ...pattern, first: END - HOUR }, pattern];
  assert.deepEqual(marksOf(parts, range), []);
  assert.deepEqual(marksOf([], range), []);
});
