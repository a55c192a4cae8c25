import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseMounts } from './mounts.ts';
import { parsers } from './parse.ts';
import { parseProcessState, processValues } from './processes.ts';
import { parseCpuInfo, parseOsRelease, virtualisationOf } from './system-info.ts';
import { temperatureValues } from './temperature.ts';

test('no text makes a parser throw or give a value that is no number', () => {
  const words = 'cpu cpu0 eth0: Tcp: InSegs MemTotal: pgfault TCP: inuse some total=9 sda ctxt 1 2 3 8 0 -3 x';
  const word = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...words.split(' '), '1 2 3 4 5 6 7 8') }, fc.string());
  const line = fc.array(word, { maxLength: 20 }).map((parts) => parts.join(' '));
  const text = fc.array(line).map((lines) => lines.join('\n'));
  for (const parse of Object.values(parsers)) {
    fc.assert(
      fc.property(text, (input) => parse(input).every(({ value }) => !Number.isNaN(value))),
      { numRuns: 200 },
    );
  }
});

test('a kernel without MemAvailable gives no available memory', () => {
  const values = parsers.meminfo('MemTotal: 100 kB\nMemFree: 40 kB\nBuffers: 5 kB\nCached: 15 kB\n');
  assert.ok(!values.some(({ metric }) => metric === 'system_memory_linux_available_bytes'));
  const used = values.find(({ labels }) => labels?.['system_memory_state'] === 'used');
  assert.equal(used?.value, 40 * 1_024);
});

test('a partition whose disk is not listed is a disk of its own', () => {
  const values = parsers.diskstats(' 202 1 xvda1 10 0 80 5 0 0 0 0 0 5 5\n');
  assert.equal(values[0]?.labels?.['system_device'], 'xvda1');
});

test('mounts: bind mounts once, blanks in names, hanging kinds marked, read-only seen', () => {
  const mounts = parseMounts(
    [
      'overlay / overlay rw 0 0',
      '/dev/sda1 /data/deep ext4 rw 0 0',
      '/dev/sda1 /data ext4 ro,relatime 0 0',
      '/dev/sda1 /data/deeper/still ext4 rw 0 0',
      'nas:/vol /mnt/my\\040files nfs4 rw 0 0',
      'overlay /var/lib/docker/overlay2/x overlay rw 0 0',
      'tmpfs /run tmpfs rw 0 0',
    ].join('\n'),
  );
  assert.deepEqual(
    mounts.map(({ mountpoint, mode, mayHang }) => [mountpoint, mode, mayHang]),
    [
      ['/', 'rw', false],
      ['/data', 'ro', false],
      ['/mnt/my files', 'rw', true],
    ],
  );
});

test('the state of a process follows its name, whatever that holds', () => {
  assert.equal(parseProcessState('42 (a) R (b) S 1 42'), 'S');
  assert.equal(parseProcessState(''), undefined);
  const counts = processValues(['S', 'R', 'S', 'Z', '?']);
  const of = (status: string): number | undefined => counts.find(({ labels }) => labels?.['status'] === status)?.value;
  assert.deepEqual([of('sleeping'), of('running'), of('defunct'), of('other'), of('blocked')], [2, 1, 1, 1, 0]);
});

test('sensors of one name are told apart', () => {
  const readings = [
    { chip: 'hwmon0', sensor: 'nvme Composite', millidegrees: 41_850 },
    { chip: 'hwmon1', sensor: 'nvme Composite', millidegrees: 38_000 },
    { chip: 'hwmon2', sensor: 'k10temp Tctl', millidegrees: 55_125 },
  ];
  assert.deepEqual(
    temperatureValues(readings).map(({ labels, value }) => [labels?.['sensor'], value]),
    [
      ['nvme Composite (hwmon0)', 41.85],
      ['nvme Composite (hwmon1)', 38],
      ['k10temp Tctl', 55.125],
    ],
  );
});

test('facts of the system and its processors', () => {
  const os = parseOsRelease('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID=\'12\'\nID=debian\n');
  assert.deepEqual(os, { PRETTY_NAME: 'Debian GNU/Linux 12 (bookworm)', VERSION_ID: '12', ID: 'debian' });
  const thread = (n: number, core: number): string =>
    `processor\t: ${n}\nmodel name\t: Some CPU @ 2GHz\nphysical id\t: 0\ncore id\t\t: ${core}\nflags\t\t: fpu hypervisor sse\n`;
  assert.deepEqual(parseCpuInfo([thread(0, 0), thread(1, 1), thread(2, 0), thread(3, 1)].join('\n')), {
    model: 'Some CPU @ 2GHz',
    logical: 4,
    physical: 2,
    virtual: true,
  });
  assert.equal(virtualisationOf(true, 'QEMU Standard PC'), 'kvm');
  assert.equal(virtualisationOf(false, 'Dell Inc. PowerEdge'), 'none');
  assert.equal(virtualisationOf(true, ''), 'vm');
});
