import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { describeRange, parseTimeText, printTimeText } from './time-text.ts';

const NOW = new Date(2026, 10, 24, 15, 30, 20).getTime();
const at = (...parts: [number, number, number, number?, number?]): string =>
  String(new Date(parts[0], parts[1] - 1, parts[2], parts[3] ?? 0, parts[4] ?? 0).getTime());

const READABLE: readonly (readonly [string, string, string])[] = [
  ['15m', 'now-15m', 'now'],
  ['last 2h', 'now-2h', 'now'],
  [' now-2h ', 'now-2h', 'now'],
  ['now-2h..now-1h', 'now-2h', 'now-1h'],
  ['1h30m', 'now-1h30m', 'now'],
  ['2026-11-24 10:00..11:00', at(2026, 11, 24, 10), at(2026, 11, 24, 11)],
  ['2026-11-23 10:00 .. 11:30', at(2026, 11, 23, 10), at(2026, 11, 23, 11, 30)],
  ['yesterday 10:00..11:00', at(2026, 11, 23, 10), at(2026, 11, 23, 11)],
  ['2026-11-22', at(2026, 11, 22), at(2026, 11, 23)],
  ['yesterday', at(2026, 11, 23), at(2026, 11, 24)],
  ['today..now', at(2026, 11, 24), 'now'],
  ['10:00..now', at(2026, 11, 24, 10), 'now'],
  ['10:00', at(2026, 11, 24, 10), 'now'],
  [
    '2026-11-24T10:00:00Z..2026-11-24T10:05:00Z',
    String(Date.UTC(2026, 10, 24, 10)),
    String(Date.UTC(2026, 10, 24, 10, 5)),
  ],
  ['1790000000000..1790000060000', '1790000000000', '1790000060000'],
];

for (const [text, from, to] of READABLE) {
  test(`"${text}" is read`, () => assert.deepEqual(parseTimeText(text, NOW), { from, to }));
}

for (const text of [
  '',
  'soon',
  '15',
  'now-',
  'now-5x',
  '25:00:99',
  '2026-13-40',
  '11:00..10:00',
  'now..now',
  'now-1h..now-2h',
]) {
  test(`"${text}" is refused`, () => assert.equal(parseTimeText(text, NOW), undefined));
}

const seconds = fc.integer({ min: 1, max: 100_000_000 });
const unit = fc.constantFrom('s', 'm', 'h', 'd', 'w');
const relative = fc.tuple(seconds, unit).map(([count, name]) => ({ from: `now-${count}${name}`, to: 'now' }));
const absolute = fc
  .tuple(fc.integer({ min: 1_000_000_000, max: 9_000_000_000_000 }), fc.integer({ min: 1_000, max: 1e11 }))
  .map(([from, span]) => ({ from: String(from), to: String(from + span) }));

test('a printed range is read back as the same range', () => {
  fc.assert(
    fc.property(fc.oneof(relative, absolute), (range) => {
      assert.deepEqual(parseTimeText(printTimeText(range), NOW), range);
    }),
  );
});

test('a range is named in few words', () => {
  assert.equal(describeRange({ from: 'now-15m', to: 'now' }), 'Last 15 min');
  assert.equal(describeRange({ from: 'now-37m', to: 'now' }), 'Last 37m');
  const fixed = { from: at(2026, 11, 24, 10), to: at(2026, 11, 24, 11) };
  assert.equal(describeRange(fixed), '2026-11-24 10:00 – 11:00');
  assert.equal(describeRange({ ...fixed, to: 'now' }), '2026-11-24 10:00 – now');
});
