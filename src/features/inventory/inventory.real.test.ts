import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { HostDetail, HostSummary } from '#core/api/hosts.ts';
import type { RouteRequest } from '#core/route.ts';
import { systemClock } from '#io/clock.ts';
import { createLogger } from '#io/log.ts';
import { TelemetryConfig } from '#storage/clickhouse/config.ts';
import { createTelemetry, type Telemetry } from '#storage/clickhouse/index.ts';
import { floatColumns } from '#storage/clickhouse/schema/sample-value.ts';
import { createInventory } from './index.ts';

const DAY_MS = 86_400_000;
/** Half past midnight of today: what was seen an hour ago was seen on another day. */
const NOW = Math.floor(Date.now() / DAY_MS) * DAY_MS + 1_800_000;

let folder: string;
let telemetry: Telemetry;
let nextId = 0;

/** Writes a series and its samples, one a second back from `endedAgoMs`: the last one has the last value. */
async function write(labels: Record<string, string>, values: readonly number[], endedAgoMs = 0): Promise<void> {
  const id = ++nextId;
  const pairs = Object.entries(labels);
  const quoted = (text: string): string => `'${text}'`;
  const metric = quoted(labels['__name__'] ?? '');
  const map = pairs.flat().map(quoted).join();
  const kv = pairs.map(([name, value]) => quoted(`${name}=${value}`)).join();
  const seen = Math.floor((NOW - endedAgoMs) / 86_400_000) * 86_400;
  const series = `INSERT INTO nocmate.series VALUES (xxHash32(${metric}), ${id}, ${metric}, map(${map}), [${kv}], '', 0, '', ${seen}, ${seen})`;
  await telemetry.store.command(series);
  // As after a restart of the server: the catalogue may hold a series twice until it is merged.
  await telemetry.store.command(series);
  const rows = values.map((value, i) => {
    const t = NOW - endedAgoMs - (values.length - 1 - i) * 1_000;
    return `(xxHash32(${metric}), ${id}, fromUnixTimestamp64Milli(${t}), ${floatColumns(String(value))})`;
  });
  await telemetry.store.command(`INSERT INTO nocmate.samples VALUES ${rows.join()}`);
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inventory-'));
  const logger = createLogger({ level: 'silent' });
  telemetry = createTelemetry({ dataDir: folder, config: TelemetryConfig.parse({}), clock: systemClock, logger });
  await telemetry.start();
  const web = (name: string, more = {}): Record<string, string> => ({ __name__: name, host: 'web-1', ...more });
  await write(web('system_uptime_seconds'), [98, 99, 100]);
  await write(web('system_cpu_utilization_ratio'), [0.2, 0.4, 0.6]);
  await write(web('system_cpu_load_average_1m'), [9, 3]);
  await write(web('system_cpu_logical_count'), [4]);
  await write(web('system_memory_utilization_ratio', { system_memory_state: 'used' }), [0.25]);
  await write(web('system_memory_utilization_ratio', { system_memory_state: 'free' }), [0.75]);
  await write(web('system_filesystem_utilization_ratio', { system_filesystem_mountpoint: '/' }), [0.5]);
  await write(web('system_filesystem_utilization_ratio', { system_filesystem_mountpoint: '/var' }), [0.9]);
  const eth = (direction: string): Record<string, string> =>
    web('system_network_io_bytes_total', { network_interface_name: 'eth0', network_io_direction: direction });
  await write(eth('receive'), [1_000, 3_000, 5_000]);
  await write(eth('transmit'), [70_000, 50, 60]);
  await write(web('system_network_io_bytes_total', { network_interface_name: 'lo' }), [0, 1e9]);
  await write(web('system_info', { os_name: 'Old OS' }), [1], 60_000);
  await write(web('system_info', { os_name: 'Test OS', kernel: '6.1' }), [1]);
  await write({ __name__: 'system_uptime_seconds', host: 'gone-1' }, [7], 3_600_000);
  await write({ __name__: 'hw_temperature_celsius', host: 'switch-1' }, [40], 3_600_000);
  await write({ __name__: 'without_host' }, [1]);
});

after(async () => {
  await telemetry.stop();
  await rm(folder, { recursive: true, force: true });
});

function ask(path: string, params: Record<string, string> = {}): unknown {
  const { routes } = createInventory({ store: telemetry.store, clock: { ...systemClock, now: () => NOW } });
  const route = routes.find((each) => each.path === path);
  assert.ok(route);
  assert.equal(route.permission, 'read');
  const signal = new AbortController().signal;
  return route.handler({ params, signal } as unknown as RouteRequest);
}

test('the list has every host that sent anything, with figures of those measured lately', async () => {
  const hosts = (await ask('/api/hosts')) as HostSummary[];
  const unmeasured = {
    uptimeSeconds: null,
    cpuRatio: null,
    loadPerCore: null,
    memoryRatio: null,
    diskRatio: null,
    networkBytesPerSecond: null,
  };
  assert.deepEqual(hosts, [
    { host: 'gone-1', lastSeenAt: NOW - 3_600_000, ...unmeasured, series: 1 },
    {
      host: 'switch-1',
      lastSeenAt: NOW - 3_600_000,
      ...unmeasured,
      series: 1,
    },
    {
      host: 'web-1',
      lastSeenAt: NOW,
      uptimeSeconds: 100,
      cpuRatio: hosts[2]?.cpuRatio,
      loadPerCore: 0.75,
      memoryRatio: 0.25,
      diskRatio: 0.9,
      networkBytesPerSecond: 2_000,
      series: 13,
    },
  ]);
  assert.ok(Math.abs((hosts[2]?.cpuRatio ?? 0) - 0.4) < 1e-9);
});

test('the detail of a host adds the facts of its newest system_info', async () => {
  const detail = (await ask('/api/hosts/:host', { host: 'web-1' })) as HostDetail;
  assert.equal(detail.uptimeSeconds, 100);
  assert.equal(detail.diskRatio, 0.9);
  assert.deepEqual(detail.facts, { os_name: 'Test OS', kernel: '6.1' });
  assert.deepEqual(((await ask('/api/hosts/:host', { host: 'switch-1' })) as HostDetail).facts, {});
});

test('an unknown host is not found, whatever its name holds', async () => {
  await assert.rejects(async () => ask('/api/hosts/:host', { host: "x' OR 1" }), { code: 'not_found' });
});
