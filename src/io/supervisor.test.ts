import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import type { Clock } from './clock.ts';
import { type RunningChild, type SuperviseOptions, supervise } from './supervisor.ts';

const logger = pino({ level: 'silent' });

/** Time that moves only by `advance`; sleepers wake in order. */
function fakeClock(): Clock & { advance: (ms: number) => Promise<void> } {
  let now = 0;
  let sleepers: { at: number; wake: () => void }[] = [];
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    now: () => now,
    monotonic: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        sleepers.push({ at: now + ms, wake: resolve });
        signal?.addEventListener('abort', () => resolve(), { once: true });
      }),
    advance: async (ms) => {
      const end = now + ms;
      await settle();
      for (;;) {
        const next = sleepers.filter((s) => s.at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        sleepers = sleepers.filter((s) => s !== next);
        now = Math.max(now, next.at);
        next.wake();
        await settle();
      }
      now = end;
    },
  };
}

function harness(overrides: Partial<SuperviseOptions> = {}) {
  const clock = fakeClock();
  const launchedAt: number[] = [];
  const calls: string[] = [];
  const exits: ((exit: { code: number | null; signal: string | null }) => void)[] = [];
  let answers = true;
  let fault: Error | undefined;
  const launch = async (): Promise<RunningChild> => {
    launchedAt.push(clock.now());
    if (fault !== undefined) throw fault;
    const { promise: exited, resolve } = Promise.withResolvers<{ code: number | null; signal: string | null }>();
    exits.push(resolve);
    return {
      pid: launchedAt.length,
      exited,
      terminate: async () => {
        calls.push('terminate');
        resolve({ code: 0, signal: null });
      },
      kill: () => {
        calls.push('kill');
        resolve({ code: null, signal: 'SIGKILL' });
      },
    };
  };
  const heartbeat = (): Promise<boolean> => (answers ? Promise.resolve(true) : new Promise(() => {}));
  return {
    clock,
    launchedAt,
    calls,
    supervised: supervise({ name: 'child', launch, heartbeat, logger, clock, ...overrides }),
    crash: () => exits.at(-1)?.({ code: 1, signal: null }),
    silence: (silent: boolean) => {
      answers = !silent;
    },
    fail: (error: Error | undefined) => {
      fault = error;
    },
  };
}

test('start resolves with the child up and says so', async () => {
  let ups = 0;
  const h = harness({ onUp: () => (ups += 1) });
  assert.equal(h.supervised.state().state, 'stopped');
  await h.supervised.start();
  assert.deepEqual(h.supervised.state(), { state: 'up', detail: 'running', pid: 1, restarts: 0 });
  assert.equal(ups, 1);
  await h.supervised.stop();
  assert.equal(h.supervised.state().state, 'stopped');
  assert.deepEqual(h.calls, ['terminate', 'kill']);
});

test('the first failure to start is the caller’s, and start may be called again', async () => {
  const h = harness();
  h.fail(new Error('no binary'));
  await assert.rejects(h.supervised.start(), /no binary/);
  assert.equal(h.supervised.state().state, 'failed');
  assert.equal(h.supervised.state().detail, 'no binary');
  h.fail(undefined);
  await h.supervised.start();
  assert.equal(h.supervised.state().state, 'up');
  await h.supervised.stop();
});

test('a crashed child is back after 100 ms, and a crash loop backs off to 5 s', async () => {
  const h = harness();
  await h.supervised.start();
  const waits: number[] = [];
  for (let crash = 0; crash < 8; crash += 1) {
    const at = h.clock.now();
    h.crash();
    await h.clock.advance(5000);
    waits.push((h.launchedAt.at(-1) ?? 0) - at);
  }
  assert.deepEqual(waits, [100, 200, 400, 800, 1600, 3200, 5000, 5000]);
  assert.equal(h.supervised.state().restarts, 8);
  await h.clock.advance(60_000);
  const at = h.clock.now();
  h.crash();
  await h.clock.advance(200);
  assert.equal((h.launchedAt.at(-1) ?? 0) - at, 100, 'a minute of health resets the back-off');
  await h.supervised.stop();
});

test('a later failure to start is retried until it succeeds', async () => {
  const h = harness();
  await h.supervised.start();
  h.fail(new Error('locked'));
  h.crash();
  await h.clock.advance(2000);
  assert.deepEqual([h.supervised.state().state, h.supervised.state().detail], ['restarting', 'locked']);
  h.fail(undefined);
  await h.clock.advance(5000);
  assert.equal(h.supervised.state().state, 'up');
  await h.supervised.stop();
});

test('a silent child is killed and back within 10 s, one missed heartbeat costs nothing', async () => {
  const h = harness();
  await h.supervised.start();
  h.silence(true);
  await h.clock.advance(2000);
  h.silence(false);
  await h.clock.advance(30_000);
  assert.equal(h.supervised.state().restarts, 0);
  h.silence(true);
  const at = h.clock.now();
  await h.clock.advance(10_000);
  assert.ok(h.calls.includes('kill'));
  assert.ok((h.launchedAt[1] ?? Infinity) - at < 9000, `back after ${(h.launchedAt[1] ?? Infinity) - at} ms`);
  h.silence(false);
  await h.supervised.stop();
});

test('stop during a restart leaves nothing running', async () => {
  const h = harness();
  await h.supervised.start();
  h.crash();
  await h.clock.advance(50);
  await h.supervised.stop();
  await h.clock.advance(20_000);
  assert.equal(h.launchedAt.length, 1);
});
