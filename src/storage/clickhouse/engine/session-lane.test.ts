import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SessionLane } from './session-lane.ts';

test('tasks beyond the workers wait their turn', async () => {
  const lane = new SessionLane(['w'], 10);
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const { signal } = new AbortController();
  const first = lane.run(signal, async () => {
    await gate.promise;
    order.push('first');
  });
  const second = lane.run(signal, async (worker) => void order.push(`second by ${worker}`));
  gate.resolve();
  await Promise.all([first, second]);
  assert.deepEqual(order, ['first', 'second by w']);
});

test('an aborted task leaves the queue, and a full queue refuses', async () => {
  const lane = new SessionLane(['w'], 1);
  const gate = Promise.withResolvers<void>();
  const abort = new AbortController();
  const first = lane.run(new AbortController().signal, () => gate.promise);
  const second = lane.run(abort.signal, async () => assert.fail('must not run'));
  await assert.rejects(
    lane.run(new AbortController().signal, async () => {}),
    /TOO_MANY_SIMULTANEOUS_QUERIES/,
  );
  abort.abort();
  await assert.rejects(second, /cancelled while it waited/);
  gate.resolve();
  await first;
  assert.equal(await lane.run(new AbortController().signal, async () => 'free again'), 'free again');
});

test('a worker comes back from a task that threw', async () => {
  const lane = new SessionLane(['w'], 1);
  const { signal } = new AbortController();
  await assert.rejects(
    lane.run(signal, () => Promise.reject(new Error('boom'))),
    /boom/,
  );
  assert.equal(await lane.run(signal, async (worker) => worker), 'w');
});
