import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Listener } from '#core/plugin/discovery.ts';
import { VarnishConfig } from './config.ts';
import { varnishDiscovery } from './discovery.ts';
import { parseStatistics } from './parse.ts';

test('64 bits of probes: the last one counts', () => {
  const probeOf = (value: string): number | undefined =>
    parseStatistics(`{"version":1,"timestamp":"t","counters":{"VBE.boot.a.b.happy":{"value":${value}}}}`)[0]?.value;
  assert.equal(probeOf('18446744073709551615'), 1);
  assert.equal(probeOf('18446744073709551614'), 0);
  assert.equal(probeOf('0'), undefined);
});

test('older releases write the counters beside the time', () => {
  assert.deepEqual(parseStatistics('{"timestamp":"2020-01-01T00:00:00","MAIN.client_req":{"flag":"c","value":7}}'), [
    { metric: 'varnish_requests_total', labels: {}, value: 7 },
  ]);
});

test('another text is a typed error, and names cannot be flags', () => {
  for (const text of ['', '<html>', '[]', '{}']) assert.throws(() => parseStatistics(text), { kind: 'protocol' }, text);
  for (const name of ['-V', '', 'a b']) assert.equal(VarnishConfig.safeParse({ name }).success, false, name);
});

test('each instance is proposed once', () => {
  const listener = (port: number, ...flags: string[]): Listener => {
    return { address: '::', port, pid: port, program: 'varnishd', commandLine: ['varnishd', '-F', ...flags] };
  };
  const listeners = [listener(80), listener(6082), listener(81, '-n', 'two'), listener(82, '-nthree')];
  assert.deepEqual(
    varnishDiscovery.propose({ listeners, files: new Map() }).flatMap(({ candidates }) => candidates),
    [{}, { name: 'two' }, { name: 'three' }],
  );
});
