import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BodyBudget } from './body-budget.ts';

test('bodies beyond the memory for all of them are refused until others are done, also when those fail', async () => {
  const budget = new BodyBudget(100);
  const done = Promise.withResolvers<void>();
  const [first, second] = [budget.hold(60, () => done.promise), budget.hold(40, () => done.promise)];
  await assert.rejects(
    budget.hold(1, () => Promise.resolve()),
    { code: 'too_many_requests' },
  );
  done.reject(new Error('failed'));
  await Promise.allSettled([first, second]);
  assert.equal(await budget.hold(500, () => Promise.resolve(7)), 7, 'a lone body is always taken');
});
