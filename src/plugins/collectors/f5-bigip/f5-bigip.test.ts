import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { collectorBench } from '#test/peers/collector-bench.ts';
import bigIp from './index.ts';

const DATA = join(import.meta.dirname, '../../../../../shared/data/fixtures');
const SKIP = { skip: existsSync(DATA) ? false : 'no ../shared/data' };
const PASSWORD = 'horse';

type Exchange = { readonly method: string; readonly path: string; readonly file?: string; readonly response?: unknown };
type Recording = { readonly exchanges: readonly Exchange[] };

/** Answers by path: of a device with local traffic, and of one with global traffic. */
function recordedAnswers(): ReadonlyMap<string, string> {
  const read = (...path: string[]): string => readFileSync(join(DATA, ...path), 'utf8');
  const local = JSON.parse(read('f5-bigip-rest', 'requests.json')) as Recording;
  const global = JSON.parse(
    read('f5-telemetry-streaming', 'gtm-stats', '03-should-collect-gtm-stats.json'),
  ) as Recording;
  const device = JSON.parse(
    read('f5-telemetry-streaming', 'system-stats', '02-should-collect-system-stats.json'),
  ) as Recording;
  return new Map([
    ...device.exchanges.map(({ path, response }) => [path, JSON.stringify(response)] as const),
    ...local.exchanges.map(({ path, file = '' }) => [path, read('f5-bigip-rest', file)] as const),
    ...global.exchanges.map(({ path, response }) => [path, JSON.stringify(response)] as const),
  ]);
}

/** A device that replays recordings to whoever has a token of it; it forgets its tokens when asked to. */
class ReplayedDevice {
  readonly #answers = recordedAnswers();
  readonly requests: string[] = [];
  readonly tokens = new Set<string>();

  async start(t: TestContext): Promise<string> {
    const server = createServer((request, response) => void this.#answer(request, response));
    t.after(() => server.close());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    this.requests.push(`${method} ${url}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [status, body] = this.#reply(request, Buffer.concat(chunks).toString());
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  }

  #reply({ method, url = '', headers }: IncomingMessage, body: string): readonly [status: number, body: string] {
    if (method === 'POST') {
      if ((JSON.parse(body) as { password?: string }).password !== PASSWORD) return [401, '{"code":401}'];
      const answer = JSON.parse(this.#answers.get(url) ?? '{}') as { token: { token: string } };
      answer.token.token += this.requests.length;
      this.tokens.add(answer.token.token);
      return [200, JSON.stringify(answer)];
    }
    const token = String(headers['x-f5-auth-token']);
    if (!this.tokens.has(token)) return [401, '{"code":401}'];
    if (method === 'DELETE') return [this.tokens.delete(token) ? 200 : 404, '{}'];
    const recorded = this.#answers.get(url);
    return recorded === undefined ? [404, '{"code":404}'] : [200, recorded];
  }
}

test('a replayed device: local and global traffic, and the device itself', SKIP, async (t) => {
  const device = new ReplayedDevice();
  const bench = collectorBench(
    bigIp,
    { url: await device.start(t), username: 'ops', password: 'env:P' },
    { 'env:P': PASSWORD },
  );
  const collection = await bench.collect();
  assert.deepEqual(collection.problems, []);
  const states = (metric: string): readonly string[] =>
    (collection.states ?? [])
      .filter((one) => one.metric === metric)
      .map(({ labels, state }) => [...Object.values(labels ?? {}), state].join(' '));
  assert.deepEqual(states('bigip_failover'), ['active']);
  assert.deepEqual(states('bigip_sync'), ['green']);
  assert.equal(states('bigip_virtual_server_availability').length, 4);
  assert.ok(
    states('bigip_virtual_server_availability').includes('/Common/test-virtual-server1 10.1.10.100:80 offline'),
  );
  assert.deepEqual(states('bigip_pool_enabled').length, 2);
  assert.ok(states('bigip_pool_member_availability').includes('/Common/dev /Common/dev:80 10.33.104.2 offline'));
  assert.equal(states('bigip_node_availability').length, 5);
  assert.ok(states('bigip_wideip_availability').includes('/Common/testA.com A unknown'));
  assert.equal(states('bigip_wideip_availability').length, 6);
  assert.ok(states('bigip_gtm_pool_member_availability').includes('/Common/ts_a_pool A testA.com:vs1 offline'));
  assert.equal(bench.valueOf(collection, 'bigip_pool_members', { pool: '/Common/dev', status: 'all' }), 1);
  assert.equal(bench.valueOf(collection, 'bigip_memory_limit_bytes', { place: 'host' }), 8_062_742_528);
  await bench.close();
  assert.equal(device.tokens.size, 0, 'the token was given back');
});

test('one login serves many runs, and one that the device has ended is renewed', SKIP, async (t) => {
  const device = new ReplayedDevice();
  const bench = collectorBench(
    bigIp,
    { url: await device.start(t), username: 'ops', password: 'env:P' },
    { 'env:P': PASSWORD },
  );
  t.after(() => bench.close());
  const logins = (): number => device.requests.filter((line) => line.startsWith('POST')).length;
  await bench.collect();
  await bench.collect();
  assert.equal(logins(), 1);
  device.tokens.clear();
  assert.ok((await bench.collect()).values.length > 0);
  assert.equal(logins(), 2);
});

test('a refused login is a typed error', SKIP, async (t) => {
  const device = new ReplayedDevice();
  const bench = collectorBench(
    bigIp,
    { url: await device.start(t), username: 'ops', password: 'env:P' },
    { 'env:P': 'mule' },
  );
  t.after(() => bench.close());
  await assert.rejects(bench.collect(), { name: 'CollectError', kind: 'auth' });
});
