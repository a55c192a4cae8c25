import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SampleRing } from './ring.ts';

const contents = (ring: SampleRing): [number, number][] =>
  Array.from(ring.t, (t, index): [number, number] => [t, ring.v[index] as number]);

test('an empty ring has no newest sample', () => {
  const ring = new SampleRing(4);
  assert.equal(ring.length, 0);
  assert.equal(ring.lastT, Number.NEGATIVE_INFINITY);
  assert.ok(Number.isNaN(ring.lastV));
});

test('the newest samples stay, the oldest go', () => {
  const ring = new SampleRing(3);
  for (let t = 1; t <= 5; t++) ring.push(t, t * 10);
  assert.deepEqual(contents(ring), [
    [3, 30],
    [4, 40],
    [5, 50],
  ]);
  assert.deepEqual([ring.lastT, ring.lastV], [5, 50]);
});

test('a sample of a known time replaces, a late one takes its place', () => {
  const ring = new SampleRing(10);
  for (const [t, v] of [
    [1, 1],
    [3, 3],
    [2, 2],
    [3, 33],
  ] as const)
    ring.push(t, v);
  assert.deepEqual(contents(ring), [
    [1, 1],
    [2, 2],
    [3, 33],
  ]);
});

test('filling replaces everything and keeps the newest of the columns', () => {
  const ring = new SampleRing(2);
  ring.push(100, 1);
  ring.fill(Float64Array.of(1, 2, 3), Float64Array.of(10, 20, 30));
  assert.deepEqual(contents(ring), [
    [2, 20],
    [3, 30],
  ]);
});

test('samples before a time are forgotten', () => {
  const ring = new SampleRing(10);
  for (let t = 1; t <= 5; t++) ring.push(t, t);
  ring.dropBefore(4);
  assert.deepEqual(
    contents(ring).map(([t]) => t),
    [4, 5],
  );
  ring.dropBefore(100);
  assert.equal(ring.length, 0);
});

test('whatever the order of arrival, a ring holds the newest times with their last values', () => {
  const samples = fc.array(fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer()), { maxLength: 900 });
  fc.assert(
    fc.property(samples, (list) => {
      const ring = new SampleRing(10_000);
      const expected = new Map<number, number>();
      for (const [t, v] of list) {
        ring.push(t, v);
        expected.set(t, v);
      }
      assert.deepEqual(
        contents(ring),
        [...expected].sort(([a], [b]) => a - b),
      );
    }),
    { numRuns: 50 },
  );
});

test('a long stream in order keeps exactly the limit', () => {
  const ring = new SampleRing(300);
  for (let t = 0; t < 5_000; t++) ring.push(t, -t);
  assert.equal(ring.length, 300);
  assert.deepEqual([ring.t[0], ring.v[0], ring.lastT], [4_700, -4_700, 4_999]);
});
