import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLimiter } from './limiter.ts';

const never = new AbortController().signal;

test('places are given in the order of asking and never more than there are', async () => {
  const limiter = createLimiter(2);
  const order: number[] = [];
  const releases = await Promise.all([limiter.acquire(never), limiter.acquire(never)]);
  const third = limiter.acquire(never).then((release) => {
    order.push(3);
    return release;
  });
  const fourth = limiter.acquire(never).then(() => order.push(4));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(order, []);
  releases[0]?.();
  const thirdRelease = await third;
  assert.deepEqual(order, [3]);
  thirdRelease?.();
  await fourth;
  assert.deepEqual(order, [3, 4]);
});

test('who stops waiting takes no place, and a place given back twice counts once', async () => {
  const limiter = createLimiter(1);
  const release = await limiter.acquire(never);
  const impatient = new AbortController();
  const waiting = limiter.acquire(impatient.signal);
  impatient.abort();
  assert.equal(await waiting, undefined);
  release?.();
  release?.();
  assert.notEqual(await limiter.acquire(never), undefined);
  const late = new AbortController();
  const second = limiter.acquire(late.signal);
  late.abort();
  assert.equal(await second, undefined);
});
