import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { freePort } from '#test/peers/free-port.ts';
import { noVarnish, startVarnish } from '#test/peers/varnish.ts';
import varnish from './index.ts';

/** A web server whose answers may be kept; its port. */
async function startWeb(t: TestContext): Promise<number> {
  const server = createServer((_, response) => {
    response.setHeader('cache-control', 'public, max-age=600').end('kept');
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

test('a real Varnish: requests, hits and backends agree with a known load', { skip: noVarnish }, async (t) => {
  const backend = (name: string, port: number, more = ''): string =>
    `backend ${name} { .host = "127.0.0.1"; .port = "${port}"; ${more} }`;
  const probe =
    '.probe = { .url = "/"; .interval = 50ms; .timeout = 40ms; .window = 2; .threshold = 1; .initial = 0; }';
  const peer = await startVarnish(`${backend('web', await startWeb(t))}
${backend('dead', await freePort(), probe)}
sub vcl_recv { if (req.url == "/dead") { set req.backend_hint = dead; } else { set req.backend_hint = web; } }`);
  t.after(() => peer.remove());
  const bench = collectorBench(varnish, { name: join(peer.folder, 'instance') });
  t.after(() => bench.close());
  for (let i = 0; i < 9; i++) assert.equal(await (await fetch(`http://${peer.address}/${i % 3}`)).text(), 'kept');
  assert.equal((await fetch(`http://${peer.address}/dead`)).status, 503);
  // Workers add to the counters when they rest.
  let collection = await bench.collect();
  const valueOf = (metric: string, labels = {}) => bench.valueOf(collection, metric, labels);
  while ((valueOf('varnish_requests_total') ?? 0) < 10) collection = await bench.collect();
  assert.equal(valueOf('varnish_requests_total'), 10);
  assert.equal(valueOf('varnish_lookups_total', { result: 'hit' }), 6);
  assert.equal(valueOf('varnish_lookups_total', { result: 'miss' }), 4);
  assert.equal(valueOf('varnish_objects'), 3);
  assert.equal(valueOf('varnish_backend_requests_total', { vcl: 'boot', backend: 'web' }), 3);
  assert.equal(valueOf('varnish_backend_refusals_total', { backend: 'dead', reason: 'unhealthy' }), 1);
  assert.equal(valueOf('varnish_backend_probe_ok', { backend: 'dead' }), 0);
  assert.equal(valueOf('varnish_backend_probe_ok', { backend: 'web' }), undefined, 'nothing probes it');
  assert.ok((valueOf('varnish_backend_failures_total', { backend: 'dead' }) ?? 0) >= 1, 'its probes');
  assert.ok((valueOf('varnish_storage_used_bytes', { storage: 's0' }) ?? 0) > 0);
  assert.ok(Math.abs((collection.startedAt ?? 0) - Date.now()) < 300_000);
  await peer.stop();
  await assert.rejects(bench.collect(), { name: 'CollectError', kind: 'unreachable' });
});
