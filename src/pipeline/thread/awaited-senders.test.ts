import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AwaitedSenders } from './awaited-senders.ts';

test('a batch is whole when all who were answered have sent again', () => {
  const senders = new AwaitedSenders();
  senders.came();
  assert.ok(senders.areBack, 'the first sender has nobody to wait for');
  senders.answered(2);
  senders.came();
  assert.ok(!senders.areBack);
  senders.came();
  assert.ok(senders.areBack);
  senders.came();
  assert.ok(senders.areBack, 'a new one changes nothing');
});

test('who has not come back until a batch ends is not waited for in the next', () => {
  const senders = new AwaitedSenders();
  senders.answered(3);
  senders.came();
  senders.forget();
  assert.ok(senders.areBack);
  senders.answered(1);
  assert.ok(!senders.areBack);
});
