import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { CollectedValue, CollectorInstance } from '#core/plugin/collector.ts';
import { unusedContext } from '#core/plugin/testing/unused-context.ts';
import { freePort } from '#test/peers/free-port.ts';
import host from './index.ts';

const EXPORTER = '/usr/bin/prometheus-node-exporter';

type Reading = ReadonlyMap<string, number>;

/** One of our series, the exporter's expression for the same thing, and how far a gauge may be off. */
type Pair = {
  readonly metric: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly theirs: (reading: Reading) => number;
  readonly slack?: number;
};

function isInstalled(): boolean {
  try {
    accessSync(EXPORTER, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Series text (`name{a="b"}`) → value. */
async function readExporter(url: string): Promise<Reading> {
  const text = await (await fetch(url)).text();
  return new Map(
    [...text.matchAll(/^([a-z_]\w*(?:\{.*\})?) (\S+)$/gm)].map(([, key = '', value]) => [key, Number(value)]),
  );
}

const one = (key: string) => (reading: Reading) => reading.get(key) ?? Number.NaN;
const sum =
  (...keys: readonly string[]) =>
  (reading: Reading) =>
    keys.reduce((total, key) => total + one(key)(reading), 0);

const CORE = (mode: string): string => `node_cpu_seconds_total{cpu="0",mode="${mode}"}`;

/** Counters and falling-free values: ours must lie between two readings of the exporter. */
function counterPairs(reading: Reading): Pair[] {
  const pairs: Pair[] = ['user', 'system', 'nice', 'idle'].map((mode) => ({
    metric: 'system_cpu_time_seconds_total',
    labels: { cpu_logical_number: '0', cpu_mode: mode },
    theirs: one(CORE(mode)),
  }));
  pairs.push(
    {
      metric: 'system_cpu_time_seconds_total',
      labels: { cpu_logical_number: '0', cpu_mode: 'interrupt' },
      theirs: sum(CORE('irq'), CORE('softirq')),
    },
    { metric: 'system_context_switches_total', theirs: one('node_context_switches_total') },
    { metric: 'system_interrupts_total', theirs: one('node_intr_total') },
    { metric: 'system_process_created_total', theirs: one('node_forks_total') },
    {
      metric: 'system_paging_faults_total',
      labels: { system_paging_fault_type: 'major' },
      theirs: one('node_vmstat_pgmajfault'),
    },
    { metric: 'system_network_tcp_retransmits_total', theirs: one('node_netstat_Tcp_RetransSegs') },
    {
      metric: 'system_network_tcp_opens_total',
      labels: { open_type: 'passive' },
      theirs: one('node_netstat_Tcp_PassiveOpens'),
    },
    {
      metric: 'system_pressure_stalled_seconds_total',
      labels: { resource: 'cpu', kind: 'some' },
      theirs: one('node_pressure_cpu_waiting_seconds_total'),
    },
  );
  return [...pairs.filter(({ theirs }) => !Number.isNaN(theirs(reading))), ...disks(reading), ...interfaces(reading)];
}

function devicesOf(reading: Reading, metric: string): string[] {
  return [...reading.keys()].flatMap((key) => new RegExp(`^${metric}\\{device="([^"]+)"\\}$`).exec(key)?.[1] ?? []);
}

function disks(reading: Reading): Pair[] {
  return devicesOf(reading, 'node_disk_reads_completed_total')
    .filter((device) => one(`node_disk_reads_completed_total{device="${device}"}`)(reading) > 0)
    .flatMap((device) => {
      const their = (name: string) => one(`node_disk_${name}{device="${device}"}`);
      const write = { system_device: device, disk_io_direction: 'write' };
      const read = { system_device: device, disk_io_direction: 'read' };
      return [
        { metric: 'system_disk_io_bytes_total', labels: write, theirs: their('written_bytes_total') },
        { metric: 'system_disk_io_bytes_total', labels: read, theirs: their('read_bytes_total') },
        { metric: 'system_disk_operations_total', labels: write, theirs: their('writes_completed_total') },
        {
          metric: 'system_disk_operation_time_seconds_total',
          labels: write,
          theirs: their('write_time_seconds_total'),
        },
        {
          metric: 'system_disk_io_time_seconds_total',
          labels: { system_device: device },
          theirs: their('io_time_seconds_total'),
        },
      ];
    });
}

function interfaces(reading: Reading): Pair[] {
  const known = devicesOf(reading, 'node_network_receive_bytes_total').filter((name) =>
    /^(lo|eth\d|en\w+)$/.test(name),
  );
  return known.flatMap((name) =>
    (['receive', 'transmit'] as const).flatMap((direction) => {
      const labels = { network_interface_name: name, network_io_direction: direction };
      const their = (what: string) => one(`node_network_${direction}_${what}_total{device="${name}"}`);
      return [
        { metric: 'system_network_io_bytes_total', labels, theirs: their('bytes') },
        { metric: 'system_network_packet_count_total', labels, theirs: their('packets') },
        { metric: 'system_network_packet_dropped_total', labels, theirs: their('drop') },
      ];
    }),
  );
}

const MIB = 2 ** 20;
const ROOT_FILESYSTEM = /^node_filesystem_size_bytes(\{.*mountpoint="\/"\})$/;

/** Values that go up and down: ours must be as near as the slack to what lies between two readings. */
function gaugePairs(reading: Reading): Pair[] {
  const [, root = ''] =
    [...reading.keys()].map((key) => ROOT_FILESYSTEM.exec(key)).find((match) => match !== null) ?? [];
  const state = (name: string) => ({ system_memory_state: name });
  return [
    { metric: 'system_boot_timestamp_seconds', theirs: one('node_boot_time_seconds'), slack: 1 },
    { metric: 'system_memory_limit_bytes', theirs: one('node_memory_MemTotal_bytes'), slack: 0 },
    {
      metric: 'system_memory_usage_bytes',
      labels: state('free'),
      theirs: one('node_memory_MemFree_bytes'),
      slack: 256 * MIB,
    },
    {
      metric: 'system_memory_usage_bytes',
      labels: state('buffers'),
      theirs: one('node_memory_Buffers_bytes'),
      slack: 64 * MIB,
    },
    {
      metric: 'system_memory_usage_bytes',
      labels: state('cached'),
      theirs: sum('node_memory_Cached_bytes', 'node_memory_SReclaimable_bytes'),
      slack: 256 * MIB,
    },
    { metric: 'system_memory_linux_available_bytes', theirs: one('node_memory_MemAvailable_bytes'), slack: 256 * MIB },
    { metric: 'system_cpu_load_average_1m', theirs: one('node_load1'), slack: 0.5 },
    { metric: 'system_cpu_load_average_15m', theirs: one('node_load15'), slack: 0.1 },
    { metric: 'system_file_handle_count', theirs: one('node_filefd_allocated'), slack: 1_000 },
    {
      metric: 'system_network_socket_count',
      labels: { network_transport: 'tcp' },
      theirs: one('node_sockstat_TCP_inuse'),
      slack: 100,
    },
    {
      metric: 'system_filesystem_limit_bytes',
      labels: { system_filesystem_mountpoint: '/' },
      theirs: one(`node_filesystem_size_bytes${root}`),
      slack: 0,
    },
    {
      metric: 'system_filesystem_usage_bytes',
      labels: { system_filesystem_mountpoint: '/', system_filesystem_state: 'free' },
      theirs: one(`node_filesystem_avail_bytes${root}`),
      slack: 256 * MIB,
    },
  ];
}

function ours(values: readonly CollectedValue[], { metric, labels = {} }: Pair): number | undefined {
  return values.find(
    (value) => value.metric === metric && Object.entries(labels).every(([name, text]) => value.labels?.[name] === text),
  )?.value;
}

describe('values agree with prometheus-node-exporter', {
  skip: isInstalled() ? false : `${EXPORTER} is not installed`,
}, () => {
  let exporter: ChildProcess;
  let instance: CollectorInstance;
  let earlier: Reading;
  let later: Reading;
  let values: readonly CollectedValue[];

  before(async () => {
    const port = await freePort();
    exporter = spawn(EXPORTER, [`--web.listen-address=127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'pipe'] });
    await listening(exporter);
    instance = host.start(host.config.parse({}), unusedContext);
    const url = `http://127.0.0.1:${port}/metrics`;
    earlier = await readExporter(url);
    ({ values } = await instance.collect({ scheduledAt: Date.now(), signal: new AbortController().signal }));
    later = await readExporter(url);
  });

  after(async () => {
    await instance?.close?.();
    if (exporter.exitCode !== null) return;
    const ended = new Promise((resolve) => exporter.once('exit', resolve));
    exporter.kill();
    await ended;
  });

  test('counters lie between two readings of the exporter', () => {
    const pairs = counterPairs(earlier);
    assert.ok(pairs.length > 20, `only ${pairs.length} counters were found to compare`);
    for (const pair of pairs) {
      const value = ours(values, pair) ?? Number.NaN;
      const [low, high] = [pair.theirs(earlier), pair.theirs(later)];
      // The kernel lets idle time step back by a tick between two readers.
      const tick = 0.011;
      assert.ok(value >= low - tick && value <= high + tick, `${JSON.stringify(pair)}: ${low} ≤ ${value} ≤ ${high}`);
    }
  });

  test('gauges are as near as they can be', () => {
    for (const pair of gaugePairs(earlier)) {
      const value = ours(values, pair) ?? Number.NaN;
      const bounds = [pair.theirs(earlier), pair.theirs(later)];
      const [low, high] = [Math.min(...bounds), Math.max(...bounds)];
      const slack = pair.slack ?? 0;
      assert.ok(value >= low - slack && value <= high + slack, `${JSON.stringify(pair)}: ${low} ≤ ${value} ≤ ${high}`);
    }
  });
});

/** Resolves when the exporter's log says that it listens. */
function listening(exporter: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    exporter.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      if (log.includes('TLS is disabled')) resolve();
    });
    exporter.once('error', reject);
    exporter.once('exit', (code) => reject(new Error(`the exporter ended with code ${code}: ${log}`)));
  });
}
