import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '#core/errors.ts';
import { createAttemptGate } from './attempt-gate.ts';

const clock = { now: () => 0, monotonic: () => 0, sleep: async () => undefined };

/** An attempt that ends when it is told to. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isRunning = false;
  const attempt = (): Promise<void> => {
    isRunning = true;
    return promise;
  };
  return { attempt, finish: resolve, isRunning: () => isRunning };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('one address has one attempt at a time, another its own', async () => {
  const gate = createAttemptGate(clock);
  const [first, second, other] = [held(), held(), held()];
  const all = [
    gate.run('192.0.2.1', first.attempt),
    gate.run('::ffff:192.0.2.1', second.attempt),
    gate.run('192.0.2.2', other.attempt),
  ];
  await settle();
  assert.deepEqual(
    [first, second, other].map((one) => one.isRunning()),
    [true, false, true],
  );
  first.finish();
  await settle();
  assert.equal(second.isRunning(), true);
  second.finish();
  other.finish();
  await Promise.all(all);
});

test('few may wait behind a running attempt', async () => {
  const gate = createAttemptGate(clock);
  const running = held();
  const waiting = [1, 2, 3, 4, 5].map(() => gate.run('192.0.2.1', running.attempt));
  await assert.rejects(gate.run('192.0.2.1', running.attempt), { code: 'too_many_requests' });
  running.finish();
  await Promise.all(waiting);
  await gate.run('192.0.2.1', async () => undefined);
});

test('only refusals count as failures: a fault of ours delays nobody', async () => {
  const gate = createAttemptGate(clock);
  for (let i = 0; i < 10; i += 1) {
    const fault = gate.run('192.0.2.1', () => Promise.reject(new AppError('unavailable', 'away')));
    await assert.rejects(fault, { code: 'unavailable' });
  }
  for (let i = 0; i < 4; i += 1) {
    const refusal = gate.run('192.0.2.1', () => Promise.reject(new AppError('unauthenticated', 'no')));
    await assert.rejects(refusal, { code: 'unauthenticated' });
  }
  await assert.rejects(
    gate.run('192.0.2.1', async () => undefined),
    {
      code: 'too_many_requests',
      details: { retryAfterMs: 1_000 },
    },
  );
});
