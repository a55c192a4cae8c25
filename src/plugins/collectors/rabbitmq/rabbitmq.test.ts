import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { CollectedValue } from '#core/plugin/collector.ts';
import type { Listener } from '#core/plugin/discovery.ts';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { startClock } from './collect.ts';
import { rabbitmqDiscovery } from './discovery.ts';
import rabbitmq from './index.ts';

const DATA = join(import.meta.dirname, '../../../../../shared/data/fixtures');
const SKIP = { skip: existsSync(DATA) ? false : 'no ../shared/data' };
const RECORDED = ['rabbitmq/set1', 'rabbitmq/set2', 'gpl-netdata/rabbitmq/v4.0.3/cluster'];

type Answer = string | undefined;

/** A management API; what it has no answer for it does not have. */
async function serve(t: TestContext, answer: (path: string, query: URLSearchParams) => Answer): Promise<string> {
  const server = createServer(({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://mq');
    const body = answer(pathname.replace('/api/', ''), searchParams);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(body);
  });
  t.after(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const recorded = (folder: string, path: string): Answer => {
  const file = join(DATA, folder, `${path}.json`);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
};

type Named = {
  readonly name: string;
  readonly vhost: string;
  readonly messages_ready: number;
  readonly message_stats?: { publish?: number };
};

for (const folder of RECORDED) {
  test(`a replayed broker: ${folder}`, SKIP, async (t) => {
    const bench = collectorBench(rabbitmq, { url: await serve(t, (path) => recorded(folder, path)) });
    t.after(() => bench.close());
    const collection = await bench.collect();
    const missing = ['vhosts', 'exchanges'].filter((part) => recorded(folder, part) === undefined);
    assert.deepEqual(
      collection.problems?.map(({ part }) => part),
      missing,
    );
    const overview = JSON.parse(recorded(folder, 'overview') ?? '') as {
      readonly message_stats: Readonly<Record<string, number>>;
      readonly object_totals: Readonly<Record<string, number>>;
    };
    const valueOf = (metric: string, labels = {}) => bench.valueOf(collection, metric, labels);
    assert.equal(valueOf('rabbitmq_messages_total', { how: 'published' }), overview.message_stats['publish']);
    assert.equal(valueOf('rabbitmq_connections'), overview.object_totals['connections']);
    const queues = JSON.parse(recorded(folder, 'queues') ?? '') as readonly Named[];
    for (const { name: queue, vhost, messages_ready, message_stats } of queues) {
      assert.equal(valueOf('rabbitmq_message_current', { queue, vhost, state: 'ready' }), messages_ready, queue);
      assert.equal(valueOf('rabbitmq_message_published_total', { queue, vhost }), message_stats?.publish, queue);
    }
    const nodes = JSON.parse(recorded(folder, 'nodes') ?? '') as readonly { name: string; mem_used: number }[];
    for (const { name: node, mem_used } of nodes)
      assert.equal(valueOf('rabbitmq_node_mem_used_bytes', { node }), mem_used, node);
  });
}

test('queues beyond the limit have no series of their own, and that is told', async (t) => {
  const asked: string[] = [];
  const url = await serve(t, (path, query) => {
    if (path === 'overview') return '{"object_totals":{"queues":1300}}';
    if (path !== 'queues') return '[]';
    asked.push(`${query.get('page')} ${query.get('page_size')} ${query.get('name')}`);
    const from = (Number(query.get('page')) - 1) * Number(query.get('page_size'));
    const items = Array.from({ length: Number(query.get('page_size')) }, (_, i) => ({
      name: `q${from + i}`,
      vhost: '/',
      messages_ready: 1,
    }));
    return JSON.stringify({ items, filtered_count: 1_300, page_count: 3 });
  });
  const queuesOf = (values: readonly CollectedValue[]): number =>
    values.filter(({ metric }) => metric === 'rabbitmq_message_current').length;
  const bench = collectorBench(rabbitmq, { url, queues: '^q', maxQueues: 700 });
  t.after(() => bench.close());
  const { values, problems } = await bench.collect();
  assert.deepEqual(asked, ['1 500 ^q', '2 500 ^q']);
  assert.equal(queuesOf(values), 700);
  assert.match(problems?.[0]?.message ?? '', /of 1300 queues the first 700 /);
  const none = collectorBench(rabbitmq, { url, maxQueues: 0 });
  t.after(() => none.close());
  assert.equal(queuesOf((await none.collect()).values), 0);
});

test('a start is as early as any reading says, until the uptime falls', () => {
  let now = 100_000;
  const startOf = startClock(() => now);
  assert.equal(startOf({ uptimeMs: 10_000, pid: '7' }), 90_000);
  now = 103_000;
  assert.equal(startOf({ uptimeMs: 10_000, pid: '7' }), 90_000, 'a reading that is 3 s old');
  assert.equal(startOf({ uptimeMs: 13_500, pid: '7' }), 89_500);
  assert.equal(startOf({ uptimeMs: 1_000, pid: '7' }), 102_000, 'restarted');
  assert.equal(
    startOf({ uptimeMs: 1_500, pid: '8' }),
    101_500,
    'restarted, and up for longer than when it was seen last',
  );
  assert.equal(startOf(undefined), undefined);
});

test('a node whose management listens is offered', () => {
  const listener = (port: number, word: string): Listener => {
    return { address: '::', port, pid: 7, program: 'beam.smp', commandLine: ['beam.smp', '-s', word] };
  };
  const listeners = [listener(5_672, 'rabbit'), listener(15_672, 'rabbit'), listener(15_672, 'other')];
  const [proposal, ...others] = rabbitmqDiscovery.propose({ listeners, files: new Map() });
  assert.deepEqual([proposal?.candidates, others], [[{ url: 'http://127.0.0.1:15672' }], []]);
});
