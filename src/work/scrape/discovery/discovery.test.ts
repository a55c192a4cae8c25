import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pino } from 'pino';
import type { Labels } from '#core/model/labels.ts';
import { systemClock } from '#io/clock.ts';
import { ScrapeJob } from '../config.ts';
import { type DnsRecord, ipv4, srv, startDnsServer } from '../testing/dns-server.ts';
import { startExposer } from '../testing/exposer.ts';
import type { Discovery } from './discovery.ts';
import { dnsDiscovery } from './dns-discovery.ts';
import { fileDiscovery } from './file-discovery.ts';
import { httpDiscovery } from './http-discovery.ts';

const tools = { clock: systemClock, logger: pino({ level: 'silent' }) };

/** Runs a discovery; `until` resolves with the first publication that the claim holds for, from now on or the last one. */
function run(discovery: Discovery) {
  const stop = new AbortController();
  let last: readonly Labels[] | undefined;
  let look = (): void => undefined;
  const done = discovery((targets) => {
    last = targets;
    look();
  }, stop.signal);
  return {
    until: (claim: (targets: readonly Labels[]) => boolean): Promise<readonly Labels[]> =>
      new Promise((resolve) => {
        look = () => {
          if (last !== undefined && claim(last)) resolve(last);
        };
        look();
      }),
    stop: async () => {
      stop.abort();
      await done;
    },
  };
}

const addresses = (targets: readonly Labels[]): string[] => targets.map((labels) => labels['__address__'] ?? '');

test('files of targets are read again when they change, also new ones; a broken one keeps what it had', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'file-sd-'));
  const [config] = ScrapeJob.parse({
    job_name: 'j',
    file_sd_configs: [{ files: [`${folder}/*.yml`, `${folder}/b.json`] }],
  }).file_sd_configs;
  assert.ok(config !== undefined);
  await writeFile(join(folder, 'a.yml'), '- targets: [x:1]\n  labels: {env: prod}\n');
  const { until, stop } = run(fileDiscovery(config, tools));
  assert.deepEqual(await until(() => true), [
    { env: 'prod', __meta_filepath: join(folder, 'a.yml'), __address__: 'x:1' },
  ]);
  await writeFile(join(folder, 'b.json'), '[{"targets": ["y:1", "y:2"]}]');
  assert.deepEqual(addresses(await until(({ length }) => length === 3)), ['x:1', 'y:1', 'y:2']);
  await writeFile(join(folder, 'a.yml'), '- target: [x:1]\n');
  await writeFile(join(folder, 'b.json'), '[]');
  assert.deepEqual(addresses(await until(({ length }) => length === 1)), ['x:1']);
  await rm(join(folder, 'a.yml'));
  await until(({ length }) => length === 0);
  await stop();
  await rm(folder, { recursive: true });
});

test('names give addresses, services give hosts and ports; a name that is gone has none', async () => {
  const zone: Record<string, readonly DnsRecord[]> = {
    'nodes.test': [ipv4('10.0.0.1'), ipv4('10.0.0.2')],
    '_m._tcp.test': [srv(9100, 'n1.test')],
  };
  const server = await startDnsServer((name) => zone[name] ?? []);
  const names = { names: ['nodes.test', '_m._tcp.test', 'gone.test'], refresh_interval: '10ms' };
  const { dns_sd_configs: configs } = ScrapeJob.parse({
    job_name: 'j',
    dns_sd_configs: [
      { ...names, type: 'A', port: 9100 },
      { ...names, type: 'srv' },
    ],
  });
  const [a, services] = configs.map((config) => run(dnsDiscovery(config, { ...tools, servers: [server.address] })));
  assert.deepEqual(addresses((await a?.until(({ length }) => length === 2)) ?? []).sort(), [
    '10.0.0.1:9100',
    '10.0.0.2:9100',
  ]);
  assert.deepEqual(await services?.until(({ length }) => length === 1), [
    {
      __meta_dns_name: '_m._tcp.test',
      __meta_dns_srv_record_target: 'n1.test',
      __meta_dns_srv_record_port: '9100',
      __address__: 'n1.test:9100',
    },
  ]);
  zone['nodes.test'] = [];
  await a?.until(({ length }) => length === 0);
  await Promise.all([a?.stop(), services?.stop()]);
  server.close();
});

test('an HTTP service lists targets; while it fails they stay', async () => {
  let list = '[{"targets": ["x:1"], "labels": {"a": "b"}}]';
  let asked = (): void => undefined;
  const service = await startExposer((_request, response) => {
    response.writeHead(list === '' ? 500 : 200, { 'content-type': 'application/json' }).end(list);
    asked();
  });
  const url = `http://${service.address}/sd`;
  const [config] = ScrapeJob.parse({
    job_name: 'j',
    http_sd_configs: [{ url, refresh_interval: '10ms' }],
  }).http_sd_configs;
  assert.ok(config !== undefined);
  const { until, stop } = run(httpDiscovery(config, tools));
  assert.deepEqual(await until(() => true), [{ a: 'b', __meta_url: url, __address__: 'x:1' }]);
  list = '';
  for (let i = 0; i < 3; i++) await new Promise<void>((resolve) => (asked = resolve));
  assert.deepEqual(addresses(await until(() => true)), ['x:1']);
  list = '[]';
  await until(({ length }) => length === 0);
  await stop();
  await service.close();
});
