import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Listener } from '#core/plugin/discovery.ts';
import { csvUrl, HaproxyConfig } from './config.ts';
import { haproxyDiscovery } from './discovery.ts';
import { parseTable } from './parse.ts';

const DATA = join(import.meta.dirname, '../../../../../shared/data/fixtures/haproxy');

test('a table of another release is read', { skip: existsSync(DATA) ? false : 'no ../shared/data' }, () => {
  const text = readFileSync(join(DATA, 'telegraf', 'sample_output.csv'), 'utf8');
  const { values, states = [] } = parseTable(text);
  const rows = text.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('#')).length;
  assert.equal(values.filter(({ metric }) => metric === 'haproxy_input_bytes_total').length, rows);
  assert.equal(states.length, rows);
});

test('an empty field is no value', () => {
  const { values } = parseTable('# pxname,svname,qcur,stot,type,status\nweb,FRONTEND,,3,0,OPEN\n');
  assert.deepEqual(values, [
    { metric: 'haproxy_sessions_total', labels: { proxy: 'web', type: 'frontend', server: 'FRONTEND' }, value: 3 },
  ]);
});

test('the page of a URL is asked for as a table, however it was written', () => {
  for (const url of ['http://lb:8404/stats', 'http://lb:8404/stats;csv', 'http://lb:8404/stats?x']) {
    assert.equal(csvUrl(HaproxyConfig.parse({ url })), 'http://lb:8404/stats;csv');
  }
});

test('every port of a process is tried with the path of its configuration', () => {
  const listener = (port: number): Listener => {
    return { address: '0.0.0.0', port, pid: 7, program: 'haproxy', commandLine: ['haproxy', '-f', '/etc/own.cfg'] };
  };
  const listeners = [listener(80), listener(8404)];
  assert.deepEqual(haproxyDiscovery.files?.(listeners).slice(0, 2), ['/etc/haproxy/haproxy.cfg', '/etc/own.cfg']);
  const files = new Map([['/etc/own.cfg', 'frontend x\n  stats uri /numbers\n']]);
  const [proposal] = haproxyDiscovery.propose({ listeners, files });
  assert.deepEqual(
    proposal?.candidates.map(({ url }) => url),
    [
      'http://127.0.0.1:80/numbers',
      'http://127.0.0.1:80/haproxy?stats',
      'http://127.0.0.1:8404/numbers',
      'http://127.0.0.1:8404/haproxy?stats',
    ],
  );
});
