import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pino } from 'pino';
import { systemClock } from '#io/clock.ts';
import { Accounts } from './accounts.ts';
import { IngestConfig } from './config.ts';
import { NO_LOG_RULES, NO_RULES } from './protocol.ts';
import { ThreadKeeper, type ThreadKeeperOptions } from './thread-keeper.ts';

const LIMIT = { timeout: 20_000 };

/** A thread that ends at any message; from its second life on it never listens when `spoolBytes` says so. */
const WORKER = new URL(
  `data:text/javascript,${encodeURIComponent(`
  import { parentPort, workerData } from 'node:worker_threads';
  parentPort.on('message', () => process.exit(1));
  parentPort.postMessage(workerData.spoolBytes === 0 ? { kind: 'ready', listeners: [] } : { kind: 'state', listeners: [] });
`)}`,
);

function keeperOf(t: TestContext, options: Partial<ThreadKeeperOptions>): ThreadKeeper {
  const keeper = new ThreadKeeper({
    spoolDir: '/nowhere',
    config: IngestConfig.parse({}),
    inputs: new Map(),
    inputSettings: {},
    clock: systemClock,
    logger: pino({ level: 'silent' }),
    workerFile: WORKER,
    accounts: new Accounts(),
    spoolBytes: () => 0,
    rules: () => NO_RULES,
    logRules: () => NO_LOG_RULES,
    onMessage: () => {},
    onUp: () => {},
    onDown: () => Promise.resolve(),
    ...options,
  });
  t.after(() => keeper.stop(0));
  return keeper;
}

const kill = (keeper: ThreadKeeper): void => keeper.link?.send({ kind: 'announce', newSeries: false });

test('a stop waits for a recovery that has begun, and no thread comes up after it', LIMIT, async (t) => {
  const [down, listed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let ups = 0;
  const keeper = keeperOf(t, {
    onUp: () => (ups += 1),
    onDown: () => {
      down.resolve();
      return listed.promise;
    },
  });
  await keeper.start();
  kill(keeper);
  await down.promise;
  let isStopped = false;
  const stopped = keeper.stop(1_000).then(() => (isStopped = true));
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
  assert.equal(isStopped, false);
  listed.resolve();
  await stopped;
  assert.equal(keeper.link, undefined);
  assert.equal(ups, 1);
});

test('a stop ends a thread that is just starting', LIMIT, async (t) => {
  const starting = Promise.withResolvers<void>();
  let lives = 0;
  const keeper = keeperOf(t, {
    spoolBytes: () => lives++,
    onMessage: (message) => message.kind === 'state' && starting.resolve(),
  });
  await keeper.start();
  kill(keeper);
  await starting.promise;
  await keeper.stop(1_000);
  assert.equal(keeper.link, undefined);
  assert.equal(lives, 2);
});

test('a spool that cannot be listed does not keep a new thread from starting', LIMIT, async (t) => {
  const up = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let ups = 0;
  const keeper = keeperOf(t, {
    onUp: () => up[ups++]?.resolve(),
    onDown: () => Promise.reject(new Error('ENOENT')),
  });
  await keeper.start();
  kill(keeper);
  await up[1]?.promise;
  assert.equal(keeper.status().state, 'up');
});
