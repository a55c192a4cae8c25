import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sources } from './sources.ts';

test('sources are listed with what is new in the last hour, most series first', () => {
  const sources = new Sources();
  const [first, second] = [sources.of(0, '192.0.2.1'), sources.of(1, 'udp')];
  sources.of(2, 'silent');
  assert.equal(sources.of(0, '192.0.2.1'), first);
  first.series = 10;
  for (let i = 0; i < 12; i += 1) sources.mark();
  first.series = 13;
  second.series = 40;
  assert.deepEqual(sources.list(), [
    { slot: 1, address: 'udp', series: 40, newHour: 40 },
    { slot: 0, address: '192.0.2.1', series: 13, newHour: 3 },
  ]);
  for (let i = 0; i < 12; i += 1) sources.mark();
  assert.deepEqual(
    sources.list().map(({ newHour }) => newHour),
    [0, 0],
  );
});

test('senders beyond what is remembered share one count', () => {
  const sources = new Sources();
  for (let i = 0; i < 10_000; i += 1) sources.of(0, `${i}`);
  const shared = sources.of(0, 'late');
  assert.equal(sources.of(3, 'later'), shared);
  shared.series += 5;
  assert.deepEqual(sources.list(), [{ slot: -1, address: '', series: 5, newHour: 5 }]);
});
