import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CollectorBench, collectorBench } from '#test/peers/collector-bench.ts';
import { noRabbitmq, type RabbitmqPeer, startRabbitmq } from '#test/peers/rabbitmq.ts';
import rabbitmq from './index.ts';

const SKIP = { skip: noRabbitmq, timeout: 120_000 };
const OPS = { username: 'ops', password: 'env:P' };
const POLL_MS = 100;

let peer: RabbitmqPeer;
before(async () => {
  if (noRabbitmq !== false) return;
  peer = await startRabbitmq();
  await peer.manage('PUT', '/users/ops', { password: 'horse', tags: 'monitoring' });
  await peer.manage('PUT', '/permissions/%2F/ops', { configure: '^$', write: '^$', read: '^$' });
});
after(() => (noRabbitmq === false ? peer.remove() : undefined));

const open = (password = 'horse'): CollectorBench =>
  collectorBench(rabbitmq, { url: peer.managementUrl, ...OPS }, { 'env:P': password });

/** Statistics of the management follow within some seconds. */
async function until(bench: CollectorBench, metric: string, labels: Record<string, string>, value: number) {
  for (;;) {
    const collection = await bench.collect();
    if (bench.valueOf(collection, metric, labels) === value) return collection;
    await sleep(POLL_MS);
  }
}

test('values agree with a known load, read by a user who may only look', SKIP, async (t) => {
  await peer.manage('PUT', '/queues/%2F/orders', { durable: true });
  const publish = (routing_key: string): Promise<unknown> =>
    peer.manage('POST', '/exchanges/%2F/amq.default/publish', {
      ...{ properties: {}, routing_key, payload: 'hello', payload_encoding: 'string' },
    });
  for (let i = 0; i < 7; i++) await publish('orders');
  await publish('nobody');
  const got = await peer.manage('POST', '/queues/%2F/orders/get', {
    ...{ count: 3, ackmode: 'ack_requeue_false', encoding: 'auto' },
  });
  assert.equal((got as unknown[]).length, 3);
  const bench = open();
  t.after(() => bench.close());
  const queue = { vhost: '/', queue: 'orders' };
  const counted = await until(bench, 'rabbitmq_message_published_total', queue, 7);
  assert.deepEqual(counted.problems, []);
  assert.deepEqual(
    counted.states?.map(({ metric, state }) => [metric, state]),
    [
      ['rabbitmq_node_state', 'running'],
      ['rabbitmq_queue_state', 'running'],
    ],
  );
  await until(bench, 'rabbitmq_message_current', { ...queue, state: 'ready' }, 4);
  const collection = await until(bench, 'rabbitmq_messages_total', { how: 'published' }, 8);
  assert.equal(bench.valueOf(collection, 'rabbitmq_message_delivered_total', queue), 3);
  assert.equal(
    bench.valueOf(collection, 'rabbitmq_exchange_messages_total', { exchange: '(default)', direction: 'in' }),
    8,
  );
  assert.equal(bench.valueOf(collection, 'rabbitmq_queues'), 1);
  assert.ok((bench.valueOf(collection, 'rabbitmq_node_mem_used_bytes') ?? 0) > 10_000_000);
  assert.ok(collection.startedAt !== undefined && collection.startedAt < Date.now());
});

test(
  'a wrong password is a typed error; after a restart the broker is read again, and known as started anew',
  SKIP,
  async (t) => {
    const wrong = open('cow');
    t.after(() => wrong.close());
    await assert.rejects(wrong.collect(), { kind: 'auth' });
    const bench = open();
    t.after(() => bench.close());
    const first = await bench.collect();
    await peer.broker.stop();
    await assert.rejects(bench.collect(), { kind: 'unreachable' });
    await peer.broker.start();
    let again = await bench.collect();
    // The node tells of itself a little after it answers.
    for (; again.startedAt === undefined; again = await bench.collect()) await sleep(POLL_MS);
    assert.ok(again.startedAt > (first.startedAt ?? 0) + 1_000);
  },
);
