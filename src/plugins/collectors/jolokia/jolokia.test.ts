import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compileRules } from '#core/jmx/compile-rules.ts';
import { jolokiaRequest, parseJolokia } from '#core/jmx/jolokia.ts';
import { parseRules } from '#core/jmx/rule-text.ts';
import type { Listener } from '#core/plugin/discovery.ts';
import { JolokiaConfig } from './config.ts';
import { jolokiaDiscovery } from './discovery.ts';
import jolokia from './index.ts';
import { parseBulk } from './parse.ts';

const DATA = join(import.meta.dirname, '../../../../../shared/data/fixtures/jolokia');
const SKIP = { skip: existsSync(DATA) ? false : 'no ../shared/data' };
const read = (file: string): string => readFileSync(join(DATA, file), 'utf8');

test('a recorded bulk answer: values, and a bean that is not there', SKIP, () => {
  const { values, problems } = parseBulk(read('own/bulk-response.json'));
  const valueOf = (name: string, label?: string): number | undefined =>
    values.find(({ metric, labels = {} }) => metric === name && (!label || Object.values(labels).includes(label)))
      ?.value;
  assert.deepEqual(problems, []);
  assert.equal(valueOf('jvm_memory_used_bytes', 'heap'), 10_774_768);
  assert.equal(valueOf('ehcache_hits_total', 'users'), 500);
  assert.equal(valueOf('ehcache_misses_total', 'cm1'), 400);
});

test('own rules on recordings of Cassandra; a bean that fails costs its own item only', SKIP, () => {
  const rules =
    'rules: [{ bean: "org.apache.cassandra.db:*", prefix: cass., metricAttribute: { type: param(type) }, mapping: { WriteCount: { type: counter } } }]';
  const { readings } = compileRules(parseRules(rules));
  const item = (file: string): unknown => JSON.parse(read(`diamond-cassandra/${file}`));
  const good = { ...(item('stats') as object), request: { mbean: 'org.apache.cassandra.db:*' } };
  assert.ok(Object.keys((good as { value?: object }).value ?? {}).length > 0);
  const bulk = [good, { status: 500, error: 'broken', request: { mbean: 'org.apache.cassandra.db:*' } }];
  const { problems } = parseJolokia(JSON.stringify(bulk), readings);
  assert.deepEqual(problems, [{ part: 'org.apache.cassandra.db:*', message: 'status 500: broken' }]);
});

test('a refusal of everything, an error and another page are typed errors', () => {
  const request = { mbean: 'java.lang:type=Memory' };
  assert.throws(() => parseBulk(JSON.stringify([{ request, status: 403, error: 'Reading is forbidden' }])), {
    kind: 'answer',
    message: /403: Reading is forbidden/,
  });
  assert.throws(() => parseBulk('{"status":400,"error":"Invalid JSON request"}'), { kind: 'answer' });
  for (const text of ['<html>', '7', 'null', '{}']) assert.throws(() => parseBulk(text), { kind: 'protocol' });
});

test('one request for everything; rules of the operator declare their series', () => {
  const rules = 'rules: [{ bean: "shop:type=Cart", mapping: { Orders: { type: counter } } }]';
  const config = JolokiaConfig.parse({ url: 'http://a/jolokia', sets: ['jvm'], rules });
  assert.deepEqual(Object.keys(jolokia.ownMetrics?.(config) ?? {}), ['orders_total']);
  const { readings } = compileRules(parseRules(rules));
  assert.deepEqual(
    (JSON.parse(jolokiaRequest(readings)) as { mbean: string; attribute: string[] }[]).map((one) => [
      one.mbean,
      one.attribute,
    ]),
    [['shop:type=Cart', ['Orders']]],
  );
});

test('an agent is found by the flag of its process', () => {
  const listener = (port: number, flag: string): Listener => {
    return { address: '0.0.0.0', port, pid: 7, program: 'java', commandLine: ['java', flag, '-jar', 'a.jar'] };
  };
  const found = (one: Listener): unknown =>
    jolokiaDiscovery.propose({ listeners: [one], files: new Map() }).map(({ candidates }) => candidates[0]?.['url']);
  assert.deepEqual(found(listener(8778, '-javaagent:/opt/jolokia-jvm-1.7.2.jar')), ['http://127.0.0.1:8778/jolokia']);
  assert.deepEqual(found(listener(9000, '-javaagent:/j/jolokia.jar=host=*,port=9000,agentContext=/jmx/')), [
    'http://127.0.0.1:9000/jmx',
  ]);
  assert.deepEqual(found(listener(8080, '-javaagent:/opt/jolokia-jvm.jar=port=8778')), []);
  assert.deepEqual(found(listener(8778, '-javaagent:/opt/other.jar')), []);
});
