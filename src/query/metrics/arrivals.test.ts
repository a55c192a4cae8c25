import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Arrivals } from './arrivals.ts';

test('tells the oldest time since any moment', () => {
  const property = fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 }), (times) => {
    const arrivals = new Arrivals();
    for (const time of times) arrivals.note(time);
    assert.equal(arrivals.mark, times.length);
    for (let mark = 0; mark <= times.length; mark++) {
      assert.equal(arrivals.oldestSince(mark), Math.min(Number.POSITIVE_INFINITY, ...times.slice(mark)));
    }
  });
  fc.assert(property, { seed: 3 });
});

test('of very many arrivals it tells a time that is not too late, and exactly that of the last ones', () => {
  const arrivals = new Arrivals();
  const times = Array.from({ length: 20_000 }, (_, i) => i * 10);
  for (const time of times) arrivals.note(time);
  for (let mark = 0; mark < times.length; mark += 7) {
    assert.ok(arrivals.oldestSince(mark) <= (times[mark] as number));
  }
  assert.equal(arrivals.oldestSince(times.length - 1), times.at(-1));
  assert.ok(arrivals.oldestSince(times.length - 500) > (times.at(-1) as number) - 20_000);
  assert.equal(arrivals.oldestSince(times.length), Number.POSITIVE_INFINITY);
});
