import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { CollectedValue } from '#core/plugin/collector.ts';
import { cpuUtilization, parseCpuTotals } from './cpu.ts';
import { parseMounts } from './mounts.ts';
import { parsers } from './parse.ts';
import { countTcpStates } from './tcp-states.ts';

/** Recordings of real machines, beside the checkout; see the folder's PROVENANCE.md. */
const CHECKOUT = join(import.meta.dirname, '..', '..', '..', '..');
const RECORDINGS = join(CHECKOUT, '..', 'shared', 'data', 'fixtures', 'host-proc');
const skip = existsSync(RECORDINGS) ? false : `no recordings in ${RECORDINGS}`;

const recorded = (name: string): string => readFileSync(join(RECORDINGS, name), 'latin1');

/** The value of the series with exactly these label values, in any order. */
function valueOf(values: readonly CollectedValue[], metric: string, ...labels: string[]): number | undefined {
  const found = values.filter(
    (value) =>
      value.metric === metric &&
      Object.values(value.labels ?? {})
        .sort()
        .join() === labels.sort().join(),
  );
  assert.ok(found.length <= 1, `${metric} ${labels.join()} is given ${found.length} times`);
  return found[0]?.value;
}

function devicesOf(values: readonly CollectedValue[]): string[] {
  return [...new Set(values.map(({ labels }) => labels?.['system_device'] ?? ''))].sort();
}

describe('recordings of real machines', { skip }, () => {
  test('a machine of many cores gives each core and mode in seconds', () => {
    const values = parsers.stat(recorded('cpu/473_1'));
    const cores = valueOf(values, 'system_cpu_logical_count') ?? 0;
    assert.ok(cores >= 8);
    assert.equal(values.filter(({ metric }) => metric === 'system_cpu_time_seconds_total').length, cores * 7);
    assert.equal(valueOf(values, 'system_cpu_time_seconds_total', '0', 'user'), 7_451_598.03);
    assert.equal(valueOf(values, 'system_cpu_time_seconds_total', '0', 'interrupt'), (1_500_708 + 21_120_485) / 100);
  });

  test('counters of a pair of recordings do not fall', () => {
    for (const [source, name] of [
      ['stat', 'cpu/proc_stat'],
      ['vmstat', 'vmstat/proc_vmstat'],
      ['net-dev', 'network/proc_net_dev'],
      ['diskstats', 'diskusage/proc_diskstats'],
      ['net-snmp', 'tcp/proc_net_snmp'],
    ] as const) {
      const first = parsers[source](recorded(`${name}_1`)).filter(({ metric }) => metric.endsWith('_total'));
      const second = parsers[source](recorded(`${name}_2`));
      assert.ok(first.length > 0, name);
      let grew = 0;
      for (const { metric, labels = {}, value } of first) {
        const later = valueOf(second, metric, ...Object.values(labels));
        assert.ok(later !== undefined && later >= value, `${metric} of ${name}`);
        if (later > value) grew++;
      }
      assert.ok(grew > 0, `nothing grew in ${name}`);
    }
  });

  test('the utilisation between two recordings is a share', () => {
    const first = parseCpuTotals(recorded('cpu/473_1'));
    const second = parseCpuTotals(recorded('cpu/473_2'));
    assert.ok(first && second);
    const ratio = cpuUtilization(first, second) ?? Number.NaN;
    const idle = (second.total - second.busy - (first.total - first.busy)) / (second.total - first.total);
    assert.ok(Math.abs(ratio + idle - 1) < 1e-9 && ratio > 0 && ratio < 1);
    assert.equal(cpuUtilization(first, first), undefined);
  });

  test('partitions are left out beside their disk, RAID and mapped devices stay', () => {
    assert.deepEqual(devicesOf(parsers.diskstats(recorded('diskusage/proc_diskstats_1_vda_xvdb'))), ['vda', 'xvdb']);
    assert.deepEqual(devicesOf(parsers.diskstats(recorded('diskusage/proc_diskstats_1_nvme'))), ['nvme0n1', 'nvme1n2']);
    assert.deepEqual(devicesOf(parsers.diskstats(recorded('diskusage/proc_diskstats_1_md_dm'))), ['dm-0', 'md0']);
    const values = parsers.diskstats(recorded('diskusage/proc_diskstats_1_vda_xvdb'));
    assert.equal(valueOf(values, 'system_disk_io_bytes_total', 'vda', 'read'), 51_741_706 * 512);
    assert.equal(valueOf(values, 'system_disk_operation_time_seconds_total', 'vda', 'write'), 207_996.798);
    assert.equal(valueOf(values, 'system_disk_io_time_seconds_total', 'vda'), 8_426.453);
  });

  test('interfaces are read also where the number touches the colon, veth is left out', () => {
    const values = parsers['net-dev'](recorded('network/proc_net_dev_1'));
    assert.equal(valueOf(values, 'system_network_io_bytes_total', 'eth0', 'transmit'), 160_794_554_685);
    assert.equal(valueOf(values, 'system_network_packet_count_total', 'br-lxc-247', 'transmit'), 13_554);
    assert.ok(!values.some(({ labels }) => labels?.['network_interface_name']?.startsWith('veth')));
    const touching = parsers['net-dev'](recorded('network/208-a_1'));
    assert.equal(valueOf(touching, 'system_network_io_bytes_total', 'em1', 'receive'), 0);
  });

  test('memory of 49 GB adds up, swap too', () => {
    const values = parsers.meminfo(recorded('memory/proc_meminfo'));
    const states = ['used', 'free', 'buffers', 'cached'];
    const bytes = states.map((state) => valueOf(values, 'system_memory_usage_bytes', state) ?? Number.NaN);
    assert.equal(
      bytes.reduce((sum, part) => sum + part, 0),
      49_554_212 * 1_024,
    );
    assert.equal(valueOf(values, 'system_paging_usage_bytes', 'free'), 262_143_996 * 1_024);
    assert.equal(valueOf(values, 'system_memory_linux_available_bytes'), 35_194_496 * 1_024);
  });

  test('load, uptime, sockets and file handles', () => {
    assert.equal(valueOf(parsers.loadavg(recorded('loadavg/proc_loadavg')), 'system_cpu_load_average_15m'), 0.56);
    assert.equal(valueOf(parsers.uptime(recorded('uptime/sanity_check')), 'system_uptime_seconds'), 3_600);
    assert.deepEqual(parsers.uptime(recorded('uptime/malformed_input')), []);
    const sockets = parsers['net-sockstat6'](recorded('sockstat/proc_net_sockstat6'));
    assert.equal(valueOf(sockets, 'system_network_socket_count', 'tcp6'), 51);
    const handles = parsers['file-nr'](recorded('filestat/proc_sys_fs_file-nr'));
    assert.equal(valueOf(handles, 'system_file_handle_count'), 576);
  });

  test('TCP connections are counted by state', () => {
    const counts = new Map<string, number>();
    const text = recorded('netstat/proc_net_tcp');
    countTcpStates(text, counts);
    assert.equal(
      [...counts.values()].reduce((sum, count) => sum + count, 0),
      text.trim().split('\n').length - 1,
    );
    assert.equal(counts.get('listen'), 9);
  });

  test('of real mounts only the disk is measured', () => {
    assert.deepEqual(
      parseMounts(recorded('diskspace/proc_mounts')).map(({ mountpoint, type, mode }) => [mountpoint, type, mode]),
      [['/', 'ext3', 'rw']],
    );
  });
});
