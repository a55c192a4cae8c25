import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { LiveClient, type LiveHandler, type LiveState } from './live-client.ts';
import { TestSocket } from './test-socket.ts';

const MATCHERS = { matchers: [{ label: 'host', op: '=' as const, value: 'a' }], historyMs: 60_000 };

function setUp(context: TestContext, random = 0) {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const sockets: TestSocket[] = [];
  const states: LiveState[] = [];
  const heard: string[] = [];
  let signedOut = 0;
  const client = new LiveClient({
    connect: () => {
      const socket = new TestSocket();
      sockets.push(socket);
      return socket;
    },
    onUnauthenticated: () => signedOut++,
    now: () => 1_000,
    random: () => random,
  });
  client.onState((state) => states.push(state));
  const handler: LiveHandler = {
    onSnapshot: ({ epoch }, t, v) => heard.push(`snapshot ${epoch}: ${[...t]} ${[...v]}`),
    onTick: (index, t, v, epoch) => heard.push(`tick ${epoch}: ${[...index]} ${[...t]} ${[...v]}`),
    onGap: (from, to) => heard.push(`gap ${from} ${to}`),
    onError: (code) => heard.push(`error ${code}`),
  };
  const socket = (index = -1): TestSocket => sockets.at(index) as TestSocket;
  const wait = (ms: number): void => context.mock.timers.tick(ms);
  return { client, handler, heard, sockets, socket, states, wait, signedOut: () => signedOut };
}

test('subscriptions made before the connection are sent when it opens, each once', (context) => {
  const { client, handler, socket } = setUp(context);
  client.subscribe(MATCHERS, handler);
  client.start();
  assert.equal(socket().binaryType, 'arraybuffer');
  socket().open();
  client.subscribe(MATCHERS, handler);
  assert.deepEqual(
    socket().sent.map(({ type, id }) => `${type} ${id}`),
    ['sub s1', 'sub s2'],
  );
});

test('data reaches its own subscription and is acknowledged together', (context) => {
  const { client, handler, heard, socket, wait } = setUp(context);
  client.subscribe(MATCHERS, handler);
  client.start();
  socket().open();
  socket().snapshot('s1', 1, [[[1, 10]]]);
  socket().tick('s1', 1, 101, [[0, 2, 20]]);
  socket().tick('other', 1, 102, [[0, 3, 30]]);
  assert.deepEqual(heard, ['snapshot 1: 1 10', 'tick 1: 0 2 20']);
  wait(30);
  assert.deepEqual(socket().sent.slice(1), [{ type: 'ack', seq: 102 }]);
});

test('gaps and errors reach their subscription; hello sets the clock', (context) => {
  const { client, handler, heard, socket } = setUp(context);
  client.subscribe(MATCHERS, handler);
  client.start();
  socket().open();
  socket().control({ type: 'hello', serverTime: 5_000 });
  socket().control({ type: 'gap', id: 's1', from: 1, to: 2, dropped: 3 });
  socket().control({ type: 'error', id: 's1', code: 'limit_series', message: '' });
  assert.deepEqual(heard, ['gap 1 2', 'error limit_series']);
  assert.equal(client.serverNow(), 5_000);
});

test('a lost connection is tried again in growing windows, and subscriptions return', (context) => {
  const { client, handler, sockets, socket, wait } = setUp(context, 1);
  client.subscribe(MATCHERS, handler);
  client.start();
  for (const delay of [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]) {
    const count = sockets.length;
    socket().drop(1006);
    wait(delay - 1);
    assert.equal(sockets.length, count);
    wait(1);
    assert.equal(sockets.length, count + 1);
  }
  socket().open();
  assert.deepEqual(
    socket().sent.map(({ type }) => type),
    ['sub'],
  );
  socket().drop(1006);
  wait(500);
  assert.equal(sockets.length, 9);
});

test('a session that ended is told and not tried again', (context) => {
  const { client, sockets, socket, wait, signedOut } = setUp(context);
  client.start();
  socket().open();
  socket().drop(4401);
  wait(60_000);
  assert.equal(signedOut(), 1);
  assert.equal(sockets.length, 1);
});

test('while paused nothing is subscribed; on return everything is', (context) => {
  const { client, handler, socket, states } = setUp(context);
  client.start();
  socket().open();
  const end = client.subscribe(MATCHERS, handler);
  client.setPaused(true);
  client.subscribe(MATCHERS, handler);
  end();
  client.setPaused(false);
  assert.deepEqual(
    socket().sent.map(({ type, id }) => `${type} ${id}`),
    ['sub s1', 'unsub s1', 'sub s2'],
  );
  assert.deepEqual(states, ['connecting', 'open', 'paused', 'open']);
});

test('stopping ends the connection for good', (context) => {
  const { client, sockets, socket, wait, states } = setUp(context);
  client.start();
  socket().open();
  client.stop();
  wait(60_000);
  client.retryNow();
  assert.equal(sockets.length, 1);
  assert.equal(states.at(-1), 'closed');
});

test('the network coming back does not wait for the next attempt', (context) => {
  const { client, sockets, socket } = setUp(context);
  client.start();
  socket().drop(1006);
  client.retryNow();
  client.retryNow();
  assert.equal(sockets.length, 2);
});

test('log lines reach their own subscription, and an error too', (context) => {
  const { client, socket } = setUp(context);
  const heard: string[] = [];
  const end = client.subscribeLogs('level:error', {
    onRows: (rows, skipped) => heard.push(`${rows.length} ${skipped}`),
    onError: (code) => heard.push(code),
  });
  client.start();
  socket().open();
  assert.deepEqual(socket().sent[0], { type: 'logs-sub', query: 'level:error', id: 's1' } as object);
  socket().control({ type: 'logs', id: 's1', rows: [], skipped: 4 });
  socket().control({ type: 'gap', id: 's1', from: 1, to: 2, dropped: 3 });
  socket().control({ type: 'error', id: 's1', code: 'bad_query', message: 'no' });
  assert.deepEqual(heard, ['0 4', 'bad_query']);
  end();
  assert.equal(socket().sent.at(-1)?.type, 'unsub');
});
