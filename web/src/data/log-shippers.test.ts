import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import type { SelfStatus } from '#core/api/status.ts';
import { logShippers, NO_TOKEN, shipTarget } from './log-shippers.ts';

const page = { origin: 'https://noc.example', hostname: 'noc.example' };
const self = (...listeners: [string, string][]): SelfStatus =>
  ({ listeners: listeners.map(([name, address]) => ({ name, address, connections: 0 })) }) as unknown as SelfStatus;
const textOf = (id: string, ...args: Parameters<typeof shipTarget>): string =>
  logShippers(shipTarget(...args)).find((shipper) => shipper.id === id)?.text ?? assert.fail(id);

test('each way has the host, the port and the token of this server', () => {
  const status = self(
    ['syslog/udp', '0.0.0.0:2514'],
    ['syslog/tcp', '0.0.0.0:1514'],
    ['gelf/udp', '10.0.0.9:12201'],
    ['lumberjack/tcp', '0.0.0.0:5044'],
  );
  assert.match(textOf('rsyslog', status, page), /target="noc.example" port="1514" protocol="tcp"/);
  assert.match(textOf('syslog-ng', status, page), /syslog\("noc.example" transport\("tcp"\) port\(1514\)\)/);
  assert.match(textOf('docker', status, page), /udp:\/\/10\.0\.0\.9:12201/);
  assert.match(textOf('beats', status, page), /\["noc.example:5044"\]/);
  for (const id of ['curl', 'filebeat', 'fluent-bit', 'vector', 'promtail', 'otel', 'logstash']) {
    assert.match(textOf(id, status, page, 'nocmate_secret'), /nocmate_secret/, id);
    assert.ok(textOf(id, status, page).includes(NO_TOKEN), id);
  }
  assert.ok(logShippers(shipTarget(status, page)).every(({ needs }) => needs === undefined));
});

test('what is YAML can be read, with the port that the address leaves out', () => {
  const filebeat = parse(textOf('filebeat', undefined, page)) as { 'output.elasticsearch': { hosts: string[] } };
  assert.deepEqual(filebeat['output.elasticsearch'].hosts, ['https://noc.example:443/elasticsearch']);
  for (const id of ['vector', 'promtail', 'otel', 'files', 'journal', 'beats']) {
    assert.equal(typeof parse(textOf(id, undefined, page)), 'object', id);
  }
  assert.match(textOf('fluent-bit', undefined, page), /Port +443[\s\S]*tls +On/);
});

test('a listener that is off is told with how to switch it on', () => {
  const needs = logShippers(shipTarget(self(), page)).filter((shipper) => shipper.needs !== undefined);
  assert.deepEqual(
    needs.map(({ id }) => id),
    ['rsyslog', 'syslog-ng', 'logger', 'beats', 'docker'],
  );
});
