import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Listener } from '#core/plugin/discovery.ts';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { noRecordings, type Operation, recording, startManagement, success } from '#test/peers/management-replay.ts';
import { jbossDiscovery } from './discovery.ts';
import jboss from './index.ts';

const SKIP = { skip: noRecordings };

/** Answers a recorded standalone server of EAP 6 gives below this place of the model. */
function recorded({ operation, address, 'child-type': child }: Operation): string | undefined {
  const place = address.map((part) => Object.entries(part).flat().join('=')).join('/');
  const names: Readonly<Record<string, string>> = {
    '/subsystem': success(['datasources', 'messaging', 'web']),
    '/deployment': recording('jboss_deployment_list.json'),
    'subsystem=web/connector': success(['http']),
    'subsystem=messaging/hornetq-server': success(['default']),
  };
  if (operation === 'read-children-names') return names[`${place}/${child ?? ''}`];
  const resources: Readonly<Record<string, string>> = {
    '': 'jboss_exec_mode.json',
    'core-service=platform-mbean': 'jboss_jvm_out.json',
    'subsystem=datasources': 'jboss_database_out.json',
    'subsystem=web/connector=http': 'jboss_webcon_http.json',
    'deployment=sample.war': 'jboss_web_app_war.json',
    'deployment=HelloWorld.ear': 'jboss_web_app_ear.json',
    'subsystem=messaging/hornetq-server=default': 'jboss_jms_out.json',
  };
  const file = resources[place];
  return file === undefined ? undefined : recording(file);
}

async function benchOf(t: TestContext, answer: (operation: Operation) => string | undefined, secret = 'horse') {
  const peer = await startManagement(answer);
  const bench = collectorBench(jboss, { url: peer.url, username: 'ops', password: 'env:P' }, { 'env:P': secret });
  t.after(async () => {
    await bench.close();
    peer.close();
  });
  return { ...bench, asked: peer.asked };
}

test('a recorded server over HTTP with Digest: values equal the recordings', SKIP, async (t) => {
  const bench = await benchOf(t, recorded);
  const collection = await bench.collect();
  const { valueOf } = bench;
  assert.deepEqual(collection.problems, []);
  assert.equal(collection.startedAt, 1_509_961_944_445);
  const server = 'czc6249qm8';
  assert.equal(valueOf(collection, 'wildfly_info', { server, product: 'JBoss EAP', version: '6.4.21.GA' }), 1);
  assert.equal(valueOf(collection, 'jvm_memory_used_bytes', { server, area: 'heap' }), 5_685_415_080);
  assert.equal(valueOf(collection, 'jvm_gc_time_seconds_total', { gc: 'ConcurrentMarkSweep' }), 703 * 0.001);
  assert.equal(valueOf(collection, 'jvm_threads', { kind: 'daemon' }), 297);
  assert.equal(valueOf(collection, 'jvm_buffers_used_bytes', { pool: 'direct' }), 73_406_778);
  const pool = { datasource: 'ExampleOracle' };
  assert.equal(valueOf(collection, 'wildfly_datasource_connections', { ...pool, state: 'limit' }), 30);
  assert.equal(
    valueOf(collection, 'wildfly_datasource_connections', { datasource: 'ExampleDS', state: 'limit' }),
    undefined,
  );
  assert.equal(valueOf(collection, 'wildfly_requests_total', { listener: 'http' }), 0, 'a number written as text');
  assert.equal(valueOf(collection, 'wildfly_sessions_active', { deployment: 'HelloWorld.ear/web.war' }), 0);
  assert.equal(valueOf(collection, 'wildfly_jms_consumers', { kind: 'queue', destination: 'DLQ' }), 0);
  assert.deepEqual(
    collection.states?.map(({ metric, labels, state }) => [metric, labels?.['deployment'], state]),
    [
      ['wildfly_server', undefined, 'running'],
      ['wildfly_deployment', 'sample.war', 'ok'],
      ['wildfly_deployment', 'HelloWorld.ear', 'ok'],
    ],
  );
  const text = JSON.stringify(collection);
  assert.ok(!text.includes('PASSWORD') && !text.includes('java.home'), 'nothing of what it must not tell');
});

test('a domain: servers of its hosts, each under its name; what one lacks is told', SKIP, async (t) => {
  const bench = await benchOf(t, (one) => {
    const [host, server, ...rest] = one.address;
    if (one.address.length === 0) {
      return recording(one.operation === 'read-resource' ? 'jboss_exec_mode_eap6.json' : 'jboss_host_list.json');
    }
    if (server === undefined) return success(host?.['host'] === 'master' ? [] : ['app-one']);
    return host?.['host'] === 'eaputv7' && rest[0]?.['core-service'] !== undefined
      ? undefined
      : recorded({ ...one, address: rest });
  });
  const collection = await bench.collect();
  const servers = new Set(collection.values.map(({ labels }) => labels?.['server']));
  assert.deepEqual([...servers], ['eaputv6/app-one', 'eaputv7/app-one']);
  assert.deepEqual(
    collection.problems?.map(({ part }) => part),
    ['eaputv7/app-one: virtual machine'],
  );
  assert.match(collection.problems?.[0]?.message ?? '', /WFLYCTL0216/);
  assert.equal(collection.startedAt, undefined);
  assert.equal(bench.valueOf(collection, 'jvm_threads', { server: 'eaputv6/app-one', kind: 'all' }), 417);
});

test('undertow is asked for listeners of each server', SKIP, async (t) => {
  const bench = await benchOf(t, (one) => {
    const child = one['child-type'] ?? '';
    if (child === 'subsystem') return success(['undertow', 'transactions']);
    if (child === 'server') return success(['default-server']);
    if (child.endsWith('-listener'))
      return success(child === 'http-listener' ? { default: { 'request-count': 5 } } : {});
    if (one.address[0]?.['subsystem'] === 'transactions') return success({ 'number-of-committed-transactions': 9 });
    return recorded(one);
  });
  const collection = await bench.collect();
  assert.deepEqual(collection.problems, []);
  assert.equal(bench.valueOf(collection, 'wildfly_requests_total', { listener: 'default' }), 5);
  assert.equal(bench.valueOf(collection, 'wildfly_transactions_total', { outcome: 'committed' }), 9);
  assert.ok(bench.asked.some(({ address }) => address[1]?.['server'] === 'default-server'));
});

test('a wrong password is refused', async (t) => {
  const bench = await benchOf(t, recorded, 'mule');
  await assert.rejects(bench.collect(), { name: 'CollectError', kind: 'auth' });
  assert.deepEqual(bench.asked, []);
});

test('the management interface is found by its process and port', () => {
  const listener = (port: number, ...flags: string[]): Listener => {
    const commandLine = ['java', ...flags, '-jar', '/opt/jboss/jboss-modules.jar'];
    return { address: '127.0.0.1', port, pid: 7, program: 'java', commandLine };
  };
  const listeners = [listener(8080), listener(9990), listener(10_093, '-Djboss.socket.binding.port-offset=100')];
  assert.deepEqual(
    jbossDiscovery.propose({ listeners, files: new Map() }).map(({ candidates }) => candidates[0]?.['url']),
    ['http://127.0.0.1:9990/management', 'https://127.0.0.1:10093/management'],
  );
});
