import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type BeanReading, compileRules } from '../compile-rules.ts';
import { keysOfName } from '../object-name.ts';
import { type Bean, valuesOfBeans } from '../read-beans.ts';
import { CASSANDRA_RULES } from './cassandra.ts';

const DOMAIN = 'org.apache.cassandra.metrics';
const FILE = join(import.meta.dirname, '../../../../../shared/data/fixtures/gpl-netdata/cassandra/metrics.txt');

/** Beans for a reading, of what an exporter recorded: it writes names of beans and attributes in small letters. */
function recordedBeans(text: string, { bean, attributes }: BeanReading): Bean[] {
  const wanted = keysOfName(bean);
  const beans = new Map<string, Record<string, unknown>>();
  for (const attribute of attributes) {
    const metric = `org_apache_cassandra_metrics_${wanted.get('type')}_${attribute}`.toLowerCase();
    for (const [, labels = '', value] of text.matchAll(new RegExp(`^${metric}\\{(.*)\\} (\\S+)$`, 'gm'))) {
      const keys = new Map([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', one = '']) => [key, one]));
      if (keys.get('name') !== wanted.get('name')) continue;
      const name = `${DOMAIN}:${[...keys].map(([key, one]) => `${key}=${one}`).join(',')}`;
      beans.set(name, { ...beans.get(name), [attribute]: Number(value) });
    }
  }
  return [...beans].map(([name, found]) => ({ name, attributes: found }));
}

test('the rules read what a recorded Cassandra has', {
  skip: existsSync(FILE) ? false : 'no ../shared/data',
}, () => {
  const text = readFileSync(FILE, 'utf8');
  const { readings, metrics } = compileRules(CASSANDRA_RULES);
  const answers = readings
    .filter(({ bean }) => bean.startsWith(DOMAIN))
    .map((reading) => ({ reading, beans: recordedBeans(text, reading) }));
  const values = valuesOfBeans(answers);
  const valueOf = (name: string, label: string): number | undefined =>
    values.find(({ metric, labels = {} }) => metric === name && Object.values(labels).includes(label))?.value;
  assert.equal(valueOf('cassandra_client_request_count_total', 'Write'), 331_841);
  const p99 = /clientrequest_99thpercentile\{scope="Read",.*\} (\S+)/.exec(text)?.[1];
  assert.equal(valueOf('cassandra_client_request_latency_p99_seconds', 'Read'), Number(p99) * 1e-6);
  assert.equal(valueOf('cassandra_dropped_messages_total', 'HINT_RSP'), 0);
  assert.equal(valueOf('cassandra_threadpool_pending', 'GossipStage'), 0);
  const hits = values.find(({ labels = {} }) => labels['cache'] === 'KeyCache' && labels['result'] === 'hit');
  assert.equal(hits?.value, 1_336_427);
  const given = new Set(values.map(({ metric }) => metric));
  const absent = Object.keys(metrics).filter((name) => !given.has(name));
  const notRecorded = [
    'cassandra_client_request_latency_max_seconds',
    'cassandra_storage_hints_total',
    'cassandra_nodes',
  ];
  assert.deepEqual(absent, notRecorded);
});
