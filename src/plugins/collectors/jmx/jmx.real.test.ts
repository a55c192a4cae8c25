import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { freePort } from '#test/peers/free-port.ts';
import { noJavaApplication, startJavaApplication } from '#test/peers/java-application.ts';
import jmx from './index.ts';

const SKIP = { skip: noJavaApplication };
const REMOTE = '-Dcom.sun.management.jmxremote';

/** Its flags open JMX on a port of loopback. */
const flagsFor = (port: number): string[] => [
  ...[`${REMOTE}.port=${port}`, `${REMOTE}.rmi.port=${port}`, `${REMOTE}.host=127.0.0.1`, `${REMOTE}.ssl=false`],
  '-Djava.rmi.server.hostname=127.0.0.1',
];

function benchOf(t: TestContext, options: Readonly<Record<string, unknown>>, secret = '') {
  const bench = collectorBench(jmx, options, { 'env:P': secret });
  t.after(() => bench.close());
  return bench;
}

test('a real application over RMI: the same series as by an agent, and a restart of it', SKIP, async (t) => {
  const port = await freePort();
  const peer = await startJavaApplication(...flagsFor(port), `${REMOTE}.authenticate=false`);
  t.after(() => peer.remove());
  const rules = `
rules:
  - bean: java.lang:type=GarbageCollector,name=*
    metricAttribute: { gc: param(name) }
    mapping: { LastGcInfo.memoryUsageAfterGc.Eden Space.max: { metric: eden, unit: By } }
  - bean: no.such:type=*
    mapping: { Nothing: }
`;
  const bench = benchOf(t, { address: `127.0.0.1:${port}`, rules });
  for (let i = 0; i < 9; i++) await fetch(`http://${peer.address}/shop?key=${i % 3}`);
  const collection = await bench.collect(60_000);
  assert.equal(bench.valueOf(collection, 'ehcache_hits_total', { manager: 'shop', cache: 'users' }), 6);
  assert.equal(bench.valueOf(collection, 'jetty_responses_total', { code: '2xx' }), 9);
  assert.ok((bench.valueOf(collection, 'jvm_memory_limit_bytes', { area: 'heap' }) ?? 0) <= 96 * 2 ** 20);
  assert.ok((bench.valueOf(collection, 'eden_bytes', { gc: 'Copy' }) ?? 0) > 0, 'a table within an attribute');
  assert.ok(Math.abs((collection.startedAt ?? 0) - Date.now()) < 300_000);
  await peer.stop();
  await assert.rejects(bench.collect(), { name: 'CollectError', kind: 'unreachable' });
  await peer.start();
  const again = await bench.collect(60_000);
  assert.equal(bench.valueOf(again, 'ehcache_hits_total'), 0);
  assert.ok((again.startedAt ?? 0) > (collection.startedAt ?? Number.POSITIVE_INFINITY));
});

test('logins: the right one reads, others are refused; many targets share one virtual machine', SKIP, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-jmx-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'password'), 'ops horse\n');
  await chmod(join(folder, 'password'), 0o600);
  await writeFile(join(folder, 'access'), 'ops readonly\n');
  const port = await freePort();
  const login = [
    `${REMOTE}.password.file=${join(folder, 'password')}`,
    `${REMOTE}.access.file=${join(folder, 'access')}`,
  ];
  const peer = await startJavaApplication(...flagsFor(port), ...login);
  t.after(() => peer.remove());
  const options = { address: `127.0.0.1:${port}`, username: 'ops', password: 'env:P', sets: ['jvm'] };
  const [good, bad] = [benchOf(t, options, 'horse'), benchOf(t, options, 'mule\t% "')];
  assert.ok((await good.collect(60_000)).values.length > 20);
  await assert.rejects(bad.collect(60_000), { kind: 'auth', message: /Invalid username or password/ });
  await assert.rejects(benchOf(t, { address: options.address }).collect(60_000), { kind: 'auth' });
  const started = performance.now();
  for (let i = 0; i < 20; i++) await good.collect(60_000);
  t.diagnostic(`${Math.round((performance.now() - started) / 20)} ms a run`);
  await assert.rejects(good.collect(0), { name: 'TimeoutError' });
  assert.ok((await good.collect(60_000)).values.length > 20, 'a run that was given up does no harm');
});

test('what speaks no RMI is told before any virtual machine is asked', SKIP, async (t) => {
  const peer = await startJavaApplication();
  t.after(() => peer.remove());
  await assert.rejects(benchOf(t, { address: peer.address }).collect(60_000), { kind: 'protocol' });
});
