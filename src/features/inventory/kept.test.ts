import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Clock } from '#io/clock.ts';
import { keptFor } from './kept.ts';

/** A clock that stands where it is put, and a reader that counts. */
function bench(): { at: (ms: number) => void; get: () => Promise<number>; fail: () => void; readings: () => number } {
  let now = 0;
  let readings = 0;
  let failing = false;
  const clock: Clock = { now: () => now, monotonic: () => now, sleep: () => Promise.resolve() };
  const get = keptFor(100, clock, async () => {
    readings++;
    if (failing) throw new Error('no answer');
    return readings;
  });
  return {
    at: (ms) => {
      now = ms;
    },
    get,
    fail: () => {
      failing = true;
    },
    readings: () => readings,
  };
}

test('askers at one time share a reading, and it is kept for its time', async () => {
  const { at, get, readings } = bench();
  assert.deepEqual(await Promise.all([get(), get(), get()]), [1, 1, 1]);
  at(100);
  assert.equal(await get(), 1);
  assert.equal(readings(), 1);
});

test('an old value is given at once while it is read anew; a very old one is not given', async () => {
  const { at, get } = bench();
  await get();
  at(150);
  assert.equal(await get(), 1);
  assert.equal(await get(), 2);
  at(5_000);
  assert.equal(await get(), 3);
});

test('a reading that fails leaves the old value until that is too old', async () => {
  const { at, get, fail } = bench();
  await get();
  fail();
  at(150);
  assert.equal(await get(), 1);
  at(5_000);
  await assert.rejects(get(), /no answer/);
});

test('a value that took long to read is kept longer', async () => {
  let now = 0;
  let readings = 0;
  const clock: Clock = { now: () => now, monotonic: () => now, sleep: () => Promise.resolve() };
  const get = keptFor(100, clock, async () => {
    readings++;
    now += 200;
    return readings;
  });
  await get();
  now = 1_190;
  await get();
  assert.equal(readings, 1);
  now = 1_210;
  await get();
  assert.equal(readings, 2);
});
