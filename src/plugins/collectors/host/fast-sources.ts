import { messageOf } from '#core/errors.ts';
import type { CollectedValue } from '#core/plugin/collector.ts';
import { type CpuTotals, cpuUtilization, parseCpuTotals } from './cpu.ts';
import { type Gathered, isNotOffered, nothingGathered } from './gathered.ts';
import { parsers } from './parse.ts';
import { type ProcFile, procFile } from './proc-file.ts';

/** The sources that are read at every run, through handles that stay open. */
export type FastSources = { readonly read: () => Promise<Gathered>; readonly close: () => Promise<void> };

type Source = { readonly name: keyof typeof parsers; readonly path: string; readonly optional: boolean };

/** Optional: absent on kernels without IPv6, PSI (before 4.20 or not switched on) or in some containers. */
const SOURCES: readonly Source[] = [
  { name: 'stat', path: 'stat', optional: false },
  { name: 'meminfo', path: 'meminfo', optional: false },
  { name: 'vmstat', path: 'vmstat', optional: true },
  { name: 'loadavg', path: 'loadavg', optional: false },
  { name: 'uptime', path: 'uptime', optional: false },
  { name: 'diskstats', path: 'diskstats', optional: true },
  { name: 'net-dev', path: 'net/dev', optional: false },
  { name: 'net-snmp', path: 'net/snmp', optional: true },
  { name: 'net-netstat', path: 'net/netstat', optional: true },
  { name: 'net-sockstat', path: 'net/sockstat', optional: true },
  { name: 'net-sockstat6', path: 'net/sockstat6', optional: true },
  { name: 'pressure-cpu', path: 'pressure/cpu', optional: true },
  { name: 'pressure-io', path: 'pressure/io', optional: true },
  { name: 'pressure-memory', path: 'pressure/memory', optional: true },
];

/** Opens nothing before the first read. An optional source that is absent is not asked for again. */
export function createFastSources(procPath: string): FastSources {
  const files = new Map<Source, ProcFile>(SOURCES.map((source) => [source, procFile(`${procPath}/${source.path}`)]));
  let previous: CpuTotals | undefined;

  function utilization(stat: string): CollectedValue[] {
    const current = parseCpuTotals(stat);
    const value = previous && current && cpuUtilization(previous, current);
    previous = current;
    return value === undefined ? [] : [{ metric: 'system_cpu_utilization_ratio', value }];
  }

  async function readSource(source: Source, file: ProcFile, into: Gathered): Promise<void> {
    try {
      const text = await file.read();
      into.values.push(...parsers[source.name](text));
      if (source.name === 'stat') into.values.push(...utilization(text));
    } catch (error) {
      if (source.optional && isNotOffered(error)) files.delete(source);
      else into.problems.push({ part: source.name, message: messageOf(error) });
    }
  }

  return {
    read: async () => {
      const gathered = nothingGathered();
      for (const [source, file] of files) await readSource(source, file, gathered);
      return gathered;
    },
    close: async () => {
      for (const file of files.values()) await file.close();
    },
  };
}
