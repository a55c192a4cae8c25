import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { CollectError } from '#core/plugin/collect-error.ts';
import { checkOnce } from '#test/peers/check-once.ts';
import { openContext } from '#work/context/open-context.ts';
import pingCheck from './index.ts';

const skip = ['/usr/bin/ping', '/bin/ping'].some(existsSync) ? false : 'ping is not installed';

type Options = Readonly<Record<string, unknown>>;
const checked = (t: TestContext, options: Options, deadlineMs = 10_000) =>
  checkOnce(t, pingCheck, options, { deadlineMs });

test('this machine answers, by address and by name', { skip }, async (t) => {
  for (const host of ['127.0.0.1', 'localhost']) {
    const { result, valueOf } = await checked(t, { host, count: 3 });
    assert.equal(result, 'ok');
    assert.equal(valueOf('pingcheck_sent'), 3);
    assert.equal(valueOf('pingcheck_received'), 3);
    assert.equal(valueOf('pingcheck_loss_ratio'), 0);
    const [min = -1, avg = -1, max = -1] = ['min', 'avg', 'max'].map((stat) =>
      valueOf('pingcheck_rtt_seconds', { stat }),
    );
    assert.ok(0 < min && min <= avg && avg <= max && max < 5, `${min} ${avg} ${max}`);
    assert.equal(valueOf('pingcheck_dns_lookup_duration_seconds') !== undefined, host === 'localhost');
  }
  assert.equal((await checked(t, { host: '127.0.0.1', count: 1, maxRttMs: 0.000_001 })).result, 'slow');
});

test('a name that is none, and a run that is too short', { skip }, async (t) => {
  assert.equal((await checked(t, { host: 'nothing.invalid' })).result, 'dns');
  assert.equal((await checked(t, { host: '127.0.0.1', count: 20 }, 500)).result, 'timeout');
});

test('without the program the message says what to do', async () => {
  const { context, close } = openContext({ resolve: async () => '' }, true);
  const run = () => Promise.reject(new CollectError('answer', 'ping cannot be run: spawn ping ENOENT'));
  const { collect } = pingCheck.start(pingCheck.config.parse({ host: '127.0.0.1' }), { ...context, programs: { run } });
  await assert.rejects(collect({ signal: AbortSignal.timeout(1_000), scheduledAt: 0 }), {
    message: /ping cannot be run/,
  });
  const noRoute = { exitCode: 2, stdout: '', stderr: 'ping: connect: Network is unreachable', durationMs: 1 };
  const away = pingCheck.start(pingCheck.config.parse({ host: '127.0.0.1' }), {
    ...context,
    programs: { run: async () => noRoute },
  });
  const { states } = await away.collect({ signal: AbortSignal.timeout(1_000), scheduledAt: 0 });
  assert.equal(states?.[0]?.state, 'unreachable');
  const refused = { exitCode: 2, stdout: '', stderr: 'ping: socket: Operation not permitted', durationMs: 1 };
  const may = { run: () => Promise.resolve(refused) };
  const second = pingCheck.start(pingCheck.config.parse({ host: '127.0.0.1' }), { ...context, programs: may });
  await assert.rejects(second.collect({ signal: AbortSignal.timeout(1_000), scheduledAt: 0 }), {
    message: /iputils-ping/,
  });
  close();
});

test('what would be an option of ping is no host, and targets of the page do not lead everywhere', async () => {
  for (const host of ['-f', '--help', 'a b', 'http://x', '']) {
    assert.throws(() => pingCheck.config.parse({ host }), /write a name/);
  }
  const { context, close } = openContext({ resolve: async () => '' }, false);
  const { collect } = pingCheck.start(pingCheck.config.parse({ host: '169.254.169.254' }), context);
  const collection = await collect({ signal: AbortSignal.timeout(5_000), scheduledAt: 0 });
  assert.equal(collection.states?.[0]?.state, 'forbidden');
  close();
});
