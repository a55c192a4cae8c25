import type { CollectedValue } from '#core/plugin/collector.ts';

/** The unit of the sector columns of /proc/diskstats, whatever the disk's own sector is. */
const SECTOR_BYTES = 512;
const NOT_DISKS = /^(loop|ram|fd|sr)\d+$/;

type Line = { readonly device: string; readonly counters: readonly number[] };

/**
 * Counters per whole disk from /proc/diskstats (Linux Documentation/admin-guide/iostats.rst). Partitions are left out
 * when their disk is listed, so that sums count each operation once; so are loop devices and disks never used.
 */
export function parseDisks(diskstats: string): CollectedValue[] {
  const lines = diskstats.split('\n').map(lineOf);
  const devices = new Set(lines.map((line) => line?.device));
  return lines.flatMap((line) => {
    if (line === undefined || NOT_DISKS.test(line.device) || line.counters.every((counter) => counter === 0)) return [];
    return devices.has(diskOfPartition(line.device)) ? [] : valuesOf(line);
  });
}

/** Undefined for lines that are none, as the short partition lines of old kernels. */
function lineOf(text: string): Line | undefined {
  const [, , device, ...counters] = text.trim().split(/\s+/);
  const numbers = counters.map(Number);
  if (device === undefined || numbers.length < 11 || numbers.some(Number.isNaN)) return undefined;
  return { device, counters: numbers };
}

/** `sda1` → `sda`, `nvme0n1p2` → `nvme0n1`; '' when the name is not a partition's. */
function diskOfPartition(device: string): string {
  const [, numbered, lettered] = /^(?:(.*\d)p\d+|([a-z]+)\d+)$/.exec(device) ?? [];
  return numbered ?? lettered ?? '';
}

function valuesOf({ device, counters }: Line): CollectedValue[] {
  const [reads = 0, readMerges = 0, readSectors = 0, readMs = 0, writes = 0, writeMerges = 0] = counters;
  const [writeSectors = 0, writeMs = 0, pending = 0, busyMs = 0] = counters.slice(6);
  const values: CollectedValue[] = [
    { metric: 'system_disk_io_time_seconds_total', labels: { system_device: device }, value: busyMs / 1_000 },
    { metric: 'system_disk_pending_operations', labels: { system_device: device }, value: pending },
  ];
  const both = [
    ['read', reads, readMerges, readSectors, readMs],
    ['write', writes, writeMerges, writeSectors, writeMs],
  ] as const;
  for (const [direction, operations, merges, sectors, ms] of both) {
    const labels = { system_device: device, disk_io_direction: direction };
    values.push(
      { metric: 'system_disk_io_bytes_total', labels, value: sectors * SECTOR_BYTES },
      { metric: 'system_disk_operations_total', labels, value: operations },
      { metric: 'system_disk_operation_time_seconds_total', labels, value: ms / 1_000 },
      { metric: 'system_disk_merged_total', labels, value: merges },
    );
  }
  return values;
}
