import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type CollectorBench, collectorBench } from '#test/peers/collector-bench.ts';
import xen from './index.ts';
import { parseRrdUpdates } from './rrd.ts';

const DATA = join(import.meta.dirname, '../../../../../shared/data/fixtures/xen');
const SKIP = { skip: existsSync(DATA) ? false : 'no ../shared/data' };
const PASSWORD = 'horse';
const HOST = 'xenserver-c';
const CONTROL = 'cc11e6e9-5071-4707-830a-b87e5618e874';

const read = (...path: string[]): string => readFileSync(join(DATA, ...path), 'utf8');
/** The strings of a recorded XML-RPC answer. */
const strings = (...path: string[]): string[] =>
  [...read(...path).matchAll(/<string>([^<]*)<\/string>/g)].map(([, text = '']) => text);

type Call = { readonly method: string; readonly params: readonly string[] };
type Answer = { readonly result: unknown } | { readonly error: { readonly message: string; readonly data: unknown } };

const recordsIn = (file: string): unknown => {
  const all = JSON.parse(read('excerpt', file)) as { Value?: unknown };
  return all.Value ?? all;
};

/** A pool of one host that replays recordings to whoever has a session of it. */
class ReplayedPool {
  readonly calls: string[] = [];
  readonly paths: string[] = [];
  readonly sessions = new Set<string>();
  updates = read('master', 'rrd_updates.json');
  serverTime = '20210802T12:32:50Z';
  isWrapped = false;
  isSlave = false;

  async start(t: TestContext): Promise<string> {
    const server = createServer((request, response) => {
      void this.#reply(request).then(([status, body]) => response.writeHead(status).end(body));
    });
    t.after(() => server.close());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async #reply(request: IncomingMessage): Promise<readonly [status: number, body: string]> {
    const { url = '', headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (url !== '/jsonrpc') {
      this.paths.push(url);
      const session = /session_id=(\S+)/.exec(headers.cookie ?? '')?.[1] ?? '';
      return this.sessions.has(session) ? [200, this.updates] : [401, ''];
    }
    const call = JSON.parse(Buffer.concat(chunks).toString()) as Call;
    this.calls.push(call.method);
    const answer = this.#answer(call);
    const isOld = this.isWrapped && 'result' in answer;
    const body = isOld ? { result: { Status: 'Success', Value: answer.result } } : answer;
    return [200, JSON.stringify({ jsonrpc: '2.0', id: 1, ...body })];
  }

  #answer({ method, params }: Call): Answer {
    const fail = (message: string, ...data: string[]): Answer => ({ error: { message, data } });
    if (method === 'session.login_with_password') {
      if (this.isSlave)
        return fail(strings('slave', 'xmlrpc_login.xml')[1] ?? '', strings('slave', 'xmlrpc_login.xml')[2] ?? '');
      if (params[1] !== PASSWORD) return fail('SESSION_AUTHENTICATION_FAILED');
      const session = `${strings('master', 'xmlrpc_login.xml')[1]}-${this.calls.length}`;
      this.sessions.add(session);
      return { result: session };
    }
    if (!this.sessions.has(params[0] ?? '')) return fail('SESSION_INVALID', params[0] ?? '');
    if (method === 'session.logout') return { result: this.sessions.delete(params[0] ?? '') };
    if (method === 'host.get_servertime') return { result: this.serverTime };
    if (method === 'SR.get_all_records') return { result: {} };
    const records = recordsIn(`${method}.json`) as Record<string, { address?: string }>;
    for (const record of Object.values(records)) if (record.address !== undefined) record.address = '127.0.0.1';
    return { result: records };
  }
}

async function open(t: TestContext, pool: ReplayedPool, password = PASSWORD): Promise<CollectorBench> {
  const bench = collectorBench(
    xen,
    { url: await pool.start(t), username: 'ops', password: 'env:P' },
    { 'env:P': password },
  );
  t.after(() => bench.close());
  return bench;
}

for (const isWrapped of [false, true]) {
  test(`a replayed pool, with results ${isWrapped ? 'as XML-RPC has them' : 'of JSON-RPC 2.0'}`, SKIP, async (t) => {
    const pool = new ReplayedPool();
    pool.isWrapped = isWrapped;
    const bench = await open(t, pool);
    const collection = await bench.collect();
    const valueOf = (metric: string, labels = {}) => bench.valueOf(collection, metric, labels);
    assert.deepEqual(collection.problems, []);
    assert.equal(valueOf('xen_host_memory_total_bytes', { xen_host: HOST }), 10_833_308 * 1_024);
    // Of the six rows two lie within the last fifteen seconds of the host's clock.
    assert.equal(valueOf('xen_host_cpu_ratio', { xen_host: HOST }), (0.0621 + 0.0768) / 2);
    assert.equal(valueOf('xen_vm_memory_bytes', { vm_uuid: CONTROL }), 1_191_182_336);
    assert.equal(valueOf('xen_vm_on_host', { vm_uuid: CONTROL, xen_host: HOST }), 1);
    assert.equal(valueOf('xen_host_info', { product_version: '8.2.0' }), 1);
    assert.deepEqual(
      collection.states?.map(({ metric, state }) => [metric, state]),
      [
        ['xen_host_state', 'enabled'],
        ['xen_vm_power_state', 'running'],
      ],
      'the template is no virtual machine',
    );
    await bench.close();
    assert.equal(pool.sessions.size, 0, 'the session was ended');
  });
}

test('rows are read once, by the clock of the host; a session that has ended is renewed', SKIP, async (t) => {
  const pool = new ReplayedPool();
  const bench = await open(t, pool);
  await bench.collect();
  pool.sessions.clear();
  pool.serverTime = '20210802T12:33:00Z';
  const { values } = await bench.collect();
  const starts = pool.paths.map((path) => Number(/start=(\d+)/.exec(path)?.[1]));
  assert.deepEqual(starts, [1_627_907_570 - 15, 1_627_907_565]);
  assert.equal(
    values.some(({ metric }) => metric === 'xen_host_cpu_ratio'),
    false,
    'there is nothing new',
  );
  assert.equal(pool.calls.filter((method) => method === 'session.login_with_password').length, 2);
  pool.serverTime = '20210802T18:33:00Z';
  await bench.collect();
  assert.match(pool.paths.at(-1) ?? '', /start=1627929165&/, 'six hours later the finest steps are gone');
});

test('a wrong password, and a host that is not the master, are typed errors', SKIP, async (t) => {
  await assert.rejects((await open(t, new ReplayedPool(), 'cow')).collect(), { kind: 'auth' });
  const pool = new ReplayedPool();
  pool.isSlave = true;
  await assert.rejects((await open(t, pool)).collect(), { kind: 'answer', message: /the master is 127\.0\.0\.1:8083/ });
});

test('a host that gives no data is a problem of its own', SKIP, async (t) => {
  const pool = new ReplayedPool();
  pool.updates = '<html>busy</html>';
  const { values, problems } = await (await open(t, pool)).collect();
  assert.deepEqual(
    problems?.map(({ part }) => part),
    [HOST],
  );
  assert.ok(values.some(({ metric }) => metric === 'xen_host_info'));
});

test('recorded updates with storage, as XML', SKIP, () => {
  const { means, end } = parseRrdUpdates(read('xml', 'rrd_updates.xml'), 1_630_575_350);
  assert.equal(end, 1_630_575_355);
  assert.equal(means.length, 45);
  assert.equal(means.find(({ name }) => name === 'memory_free_kib')?.value, 9_283_676);
  assert.equal(means.filter(({ name }) => name.endsWith('_caa66549')).length, 14);
});
