import type { CollectedValue } from '#core/plugin/collector.ts';
import { parseCpu } from './cpu.ts';
import { parseDisks } from './disks.ts';
import { parseFileHandles } from './file-handles.ts';
import { parseKernel } from './kernel.ts';
import { parseLoad } from './load.ts';
import { parseMemory } from './memory.ts';
import { parseNetwork } from './network.ts';
import { parsePaging } from './paging.ts';
import { parsePressure } from './pressure.ts';
import { parseProtocols } from './protocols.ts';
import { parseSocketCounts } from './socket-counts.ts';
import { parseChronyTracking } from './time-sync.ts';
import { parseUptime } from './uptime.ts';

/** Text of a source → values. A golden case holds one file per source, named after the key here. */
export const parsers = {
  stat: (text) => [...parseCpu(text), ...parseKernel(text)],
  meminfo: parseMemory,
  vmstat: parsePaging,
  loadavg: parseLoad,
  uptime: parseUptime,
  diskstats: parseDisks,
  'net-dev': parseNetwork,
  'net-snmp': parseProtocols,
  'net-netstat': parseProtocols,
  'net-sockstat': parseSocketCounts,
  'net-sockstat6': parseSocketCounts,
  'file-nr': parseFileHandles,
  'chrony-tracking': parseChronyTracking,
  'pressure-cpu': (text) => parsePressure('cpu', text),
  'pressure-io': (text) => parsePressure('io', text),
  'pressure-memory': (text) => parsePressure('memory', text),
} as const satisfies Readonly<Record<string, (text: string) => CollectedValue[]>>;
