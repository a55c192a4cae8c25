import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { LiveClient } from './live-client.ts';
import { LiveStore } from './live-store.ts';
import { TestSocket } from './test-socket.ts';

const MATCHERS = [{ label: 'host', op: '=' as const, value: 'a' }];
const HISTORY_MS = 60_000;
const REFILL_MS = 5_000;
const LINGER_MS = 3_000;

function setUp(context: TestContext) {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const socket = new TestSocket();
  const client = new LiveClient({ connect: () => socket, onUnauthenticated: () => {}, now: () => 0 });
  client.start();
  socket.open();
  const store = new LiveStore(client);
  const { feed, release } = store.acquire(MATCHERS, HISTORY_MS);
  const heard: string[] = [];
  feed.listen({
    onReset: () => heard.push('reset'),
    onAppend: (index) => heard.push(`append ${[...index]}`),
    onChange: () => heard.push('change'),
  });
  const requests = (): string[] => socket.sent.map(({ type, id }) => `${type} ${id}`);
  return { socket, store, feed, release, heard, requests, wait: (ms: number) => context.mock.timers.tick(ms) };
}

test('a snapshot fills a ring for each series, ticks append', (context) => {
  const { feed, socket, heard } = setUp(context);
  assert.equal(feed.state, 'loading');
  socket.snapshot('s1', 1, [
    [
      [1, 10],
      [2, 20],
    ],
    [[2, 5]],
  ]);
  socket.tick('s1', 1, 101, [
    [1, 3, 6],
    [0, 3, 30],
  ]);
  assert.equal(feed.state, 'live');
  assert.equal(feed.lastT, 3);
  assert.deepEqual(
    feed.rings.map(({ v }) => [...v]),
    [
      [10, 20, 30],
      [5, 6],
    ],
  );
  assert.deepEqual(heard, ['reset', 'append 1,0']);
});

test('a tick of another epoch is not taken for this one', (context) => {
  const { feed, socket } = setUp(context);
  socket.snapshot('s1', 2, [[[1, 10]]]);
  socket.tick('s1', 1, 300, [[0, 2, 99]]);
  assert.deepEqual([...(feed.rings[0]?.v ?? [])], [10]);
});

test('what is older than the history wanted is forgotten', (context) => {
  const { feed, socket } = setUp(context);
  socket.snapshot('s1', 1, [[[1_000, 1]]]);
  socket.tick('s1', 1, 101, [[0, 1_000 + HISTORY_MS + 1, 2]]);
  assert.deepEqual([...(feed.rings[0]?.v ?? [])], [2]);
});

test('gaps are joined, and filled by one new snapshot after a while', (context) => {
  const { feed, socket, requests, wait } = setUp(context);
  socket.snapshot('s1', 1, [[[1, 1]]]);
  socket.control({ type: 'gap', id: 's1', from: 5, to: 9, dropped: 4 });
  socket.control({ type: 'gap', id: 's1', from: 3, to: 6, dropped: 4 });
  assert.deepEqual(feed.gap, { from: 3, to: 9 });
  wait(REFILL_MS);
  assert.deepEqual(
    requests().filter((text) => !text.startsWith('ack')),
    ['sub s1', 'unsub s1', 'sub s2'],
  );
  socket.snapshot('s2', 1, [[[9, 9]]]);
  assert.equal(feed.gap, undefined);
});

test('a refused subscription says why', (context) => {
  const { feed, socket, heard } = setUp(context);
  socket.control({ type: 'error', id: 's1', code: 'limit_series', message: 'too many' });
  assert.deepEqual(feed.error, { code: 'limit_series', message: 'too many' });
  assert.equal(feed.state, 'error');
  assert.deepEqual(heard, ['change']);
});

test('readers of the same series share one feed, which ends a while after the last', (context) => {
  const { store, feed, release, requests, wait } = setUp(context);
  const second = store.acquire(MATCHERS, HISTORY_MS);
  assert.equal(second.feed, feed);
  release();
  release();
  wait(LINGER_MS);
  assert.deepEqual(requests(), ['sub s1']);
  second.release();
  wait(LINGER_MS - 1);
  const third = store.acquire(MATCHERS, HISTORY_MS);
  wait(LINGER_MS);
  assert.deepEqual(requests(), ['sub s1']);
  third.release();
  wait(LINGER_MS);
  assert.deepEqual(requests(), ['sub s1', 'unsub s1']);
});

test('the newest sample of all watched feeds is known', (context) => {
  const { store, socket, release } = setUp(context);
  assert.equal(store.lastSampleAt(), undefined);
  socket.snapshot('s1', 1, [[[7, 1]]]);
  assert.equal(store.lastSampleAt(), 7);
  release();
  assert.equal(store.lastSampleAt(), undefined);
});
