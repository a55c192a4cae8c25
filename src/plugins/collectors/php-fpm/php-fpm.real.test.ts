import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { CollectErrorKind } from '#core/plugin/collect-error.ts';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { FAULTY_SERVERS, FLOODING, withFaulty } from '#test/peers/faulty-servers.ts';
import { noPhpFpm, STATUS_PATH, startPhpFpm } from '#test/peers/php-fpm.ts';
import phpFpm from './index.ts';

const SKIP = { skip: noPhpFpm };

function benchOf(t: TestContext, options: Readonly<Record<string, string>>) {
  const bench = collectorBench(phpFpm, options);
  t.after(() => bench.close());
  return bench;
}

test('real pools over FastCGI: requests are counted, on a port and on a socket', SKIP, async (t) => {
  const peer = await startPhpFpm();
  t.after(() => peer.remove());
  const bench = benchOf(t, { url: `fcgi://${peer.address}${STATUS_PATH}` });
  const first = await bench.collect();
  for (let i = 0; i < 5; i++) await bench.collect();
  const last = await bench.collect();
  const accepted = (collection: typeof first): number =>
    bench.valueOf(collection, 'phpfpm_requests_accepted_total', { pool: 'shop' }) ?? Number.NaN;
  assert.equal(accepted(last) - accepted(first), 6);
  const processes = (state: string): number => bench.valueOf(last, 'phpfpm_processes', { state }) ?? Number.NaN;
  assert.ok(processes('active') >= 1, 'one answers');
  assert.equal(processes('active') + processes('idle'), 2);
  assert.equal(bench.valueOf(last, 'phpfpm_queue'), 0);
  assert.ok((bench.valueOf(last, 'phpfpm_last_request_duration_seconds', { of: 'max' }) ?? 10) < 10);
  assert.ok(Math.abs((last.startedAt ?? 0) - Date.now()) < 300_000);
  const socket = join(peer.folder, 'back.sock');
  const back = await benchOf(t, { url: `fcgi://localhost${STATUS_PATH}`, socket }).collect();
  assert.equal(bench.valueOf(back, 'phpfpm_requests_accepted_total', { pool: 'back' }), 1);
  const elsewhere = benchOf(t, { url: `fcgi://${peer.address}/status` });
  await assert.rejects(elsewhere.collect(), { kind: 'answer', message: /is pm\.status_path of the pool \/status/ });
  await peer.stop();
  await assert.rejects(bench.collect(), { kind: 'unreachable' });
  await peer.start();
  assert.ok(accepted(await bench.collect()) < accepted(last), 'counters begin anew');
});

test('over HTTP the page is asked for with its query', async (t) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('{"pool":"www","start time":1566371090,"start since":10,"accepted conn":22}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const bench = benchOf(t, { url: `http://127.0.0.1:${port}/fpm/status` });
  const collection = await bench.collect();
  assert.equal(bench.valueOf(collection, 'phpfpm_requests_accepted_total', { pool: 'www' }), 22);
  assert.deepEqual(asked, ['/fpm/status?json&full']);
});

for (const faulty of [...FAULTY_SERVERS, FLOODING]) {
  test(`a pool that ${faulty.name} gives a typed error`, async (t) => {
    await withFaulty(faulty, async (port) => {
      const bench = benchOf(t, { url: `fcgi://127.0.0.1:${port}/status` });
      const isSlow = faulty.kinds.includes('timeout');
      const error: unknown = await bench.collect(isSlow ? 200 : 10_000).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      const { kind = 'timeout' } = error as { kind?: CollectErrorKind | 'timeout' };
      assert.ok(error instanceof Error && faulty.kinds.includes(kind), `${kind}: ${String(error)}`);
    });
  });
}
