import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { CollectedValue, Collection, CollectionProblem, CollectorInstance } from '#core/plugin/collector.ts';
import { unusedContext } from '#core/plugin/testing/unused-context.ts';
import host from './index.ts';

const CASE = join(import.meta.dirname, 'cases', 'debian-12-virtual-machine');
const MINUTE = 1_700_000_040_000;

/** Folders that look like a small machine's /proc, /sys and /. */
function machine(context: TestContext): { proc: string; sys: string; root: string; instance: CollectorInstance } {
  const folder = mkdtempSync(join(tmpdir(), 'host-'));
  const [proc, sys, root] = [join(folder, 'proc'), join(folder, 'sys'), join(folder, 'root')];
  for (const path of ['net', 'pressure', 'sys/fs', 'sys/kernel', 'self', '7', '8'])
    mkdirSync(join(proc, path), { recursive: true });
  for (const file of readdirSync(CASE).filter((name) => name.endsWith('.txt'))) {
    const path = file
      .replace('.txt', '')
      .replace(/^(net|pressure)-/, '$1/')
      .replace('file-nr', 'sys/fs/file-nr');
    cpSync(join(CASE, file), join(proc, path));
  }
  writeFileSync(join(proc, '7/stat'), '7 (init) S 0');
  writeFileSync(join(proc, '8/stat'), '8 (worker) R 7');
  writeFileSync(join(proc, 'self/mounts'), '/dev/vda / ext4 rw 0 0\n/dev/vdb /gone ext4 rw 0 0\n');
  writeFileSync(
    join(proc, 'net/tcp'),
    'sl\n   0: 0100007F:1F90 00000000:0000 0A 0\n   1: 0100007F:1F90 0100007F:0001 01 0\n',
  );
  mkdirSync(join(sys, 'class/hwmon/hwmon0'), { recursive: true });
  writeFileSync(join(sys, 'class/hwmon/hwmon0/name'), 'coretemp\n');
  writeFileSync(join(sys, 'class/hwmon/hwmon0/temp1_input'), '45500\n');
  mkdirSync(join(root, 'etc'), { recursive: true });
  mkdirSync(join(root, 'run/systemd/timesync'), { recursive: true });
  writeFileSync(join(root, 'etc/os-release'), 'PRETTY_NAME="Test OS 1"\nVERSION_ID=1\n');
  const instance = host.start(host.config.parse({ procPath: proc, sysPath: sys, rootPath: root }), unusedContext);
  context.after(async () => {
    await instance.close?.();
    rmSync(folder, { recursive: true });
  });
  return { proc, sys, root, instance };
}

const collectAt = (instance: CollectorInstance, scheduledAt: number): Promise<Collection> =>
  instance.collect({ scheduledAt, signal: new AbortController().signal });

const find = ({ values }: Collection, metric: string, ...labels: string[]): CollectedValue | undefined =>
  values.find(
    (value) => value.metric === metric && labels.every((text) => Object.values(value.labels ?? {}).includes(text)),
  );

/** All that runs of one time give: slow sources that are not ready for the first come with a later one. */
async function collectAll(instance: CollectorInstance): Promise<Collection> {
  const values: CollectedValue[] = [];
  const problems: CollectionProblem[] = [];
  const awaited = ['system_info', 'system_process_count', 'system_filesystem_limit_bytes', 'system_time_synchronized'];
  awaited.push('system_temperature_celsius', 'system_network_connection_count', 'system_file_handle_count');
  while (!awaited.every((metric) => values.some((value) => value.metric === metric))) {
    const collection = await collectAt(instance, MINUTE);
    values.push(...collection.values);
    problems.push(...(collection.problems ?? []));
  }
  return { values, problems };
}

test('a run gives fast and slow values, and absent sources are no problem', async (context) => {
  const { instance } = machine(context);
  const first = await collectAll(instance);
  assert.deepEqual(first.problems, []);
  assert.equal(find(first, 'system_cpu_logical_count')?.value, 2);
  assert.equal(find(first, 'system_temperature_celsius', 'coretemp temp1')?.value, 45.5);
  assert.equal(find(first, 'system_process_count', 'running')?.value, 1);
  assert.equal(find(first, 'system_network_connection_count', 'listen')?.value, 1);
  assert.equal(find(first, 'system_network_connection_count', 'established')?.value, 1);
  assert.ok((find(first, 'system_filesystem_limit_bytes', '/')?.value ?? 0) > 0);
  assert.equal(find(first, 'system_filesystem_limit_bytes', '/gone'), undefined);
  assert.equal(find(first, 'system_time_synchronized')?.value, 0);
  assert.equal(find(first, 'system_info')?.labels?.['os_name'], 'Test OS 1');
});

test('open files are read anew, and the utilisation is of the time between two runs', async (context) => {
  const { proc, instance } = machine(context);
  writeFileSync(join(proc, 'stat'), 'cpu  100 0 100 800 0 0 0 0 0 0\n');
  const first = await collectAt(instance, MINUTE);
  assert.equal(find(first, 'system_cpu_utilization_ratio'), undefined);
  writeFileSync(join(proc, 'stat'), 'cpu  130 0 100 870 0 0 0 0 0 0\n');
  const second = await collectAt(instance, MINUTE + 1_000);
  assert.equal(find(second, 'system_cpu_utilization_ratio')?.value, 0.3);
});

test('a needed file that is gone is a problem of its part only', async (context) => {
  const { proc, instance } = machine(context);
  rmSync(join(proc, 'meminfo'));
  const collection = await collectAt(instance, MINUTE);
  assert.deepEqual(
    collection.problems?.map(({ part }) => part),
    ['meminfo'],
  );
  assert.ok(find(collection, 'system_uptime_seconds'));
});

test('the files of this machine are longer than one buffer and read whole', async () => {
  const instance = host.start(host.config.parse({}), unusedContext);
  const { values } = await collectAt(instance, MINUTE);
  await instance.close?.();
  const interfaces = readFileSync('/proc/net/dev', 'utf8')
    .split('\n')
    .filter((line) => /^\s*(lo|eth\d+):/.test(line));
  const seen = values.filter(
    ({ metric, labels }) =>
      metric === 'system_network_io_bytes_total' && /^(lo|eth\d+)$/.test(labels?.['network_interface_name'] ?? ''),
  );
  assert.equal(seen.length, interfaces.length * 2);
});
