import type { CollectedValue } from '#core/plugin/collector.ts';
import { numbersOf } from './fields.ts';

/** Kernel clock ticks a second in /proc: USER_HZ, 100 on every architecture that Linux runs on today. */
const TICKS_PER_SECOND = 100;

/** Busy and total ticks of all cores together. */
export type CpuTotals = { readonly busy: number; readonly total: number };

/**
 * Time per core and mode from /proc/stat. `interrupt` = hard and soft interrupts; guest time is inside `user` already
 * (proc(5)), so the modes of a core add up to its time.
 */
export function parseCpu(stat: string): CollectedValue[] {
  const values: CollectedValue[] = [];
  let cores = 0;
  for (const [, core = '', fields = ''] of stat.matchAll(/^cpu(\d+) ([\d ]+)$/gm)) {
    cores++;
    for (const [mode, ticks] of Object.entries(modesOf(fields))) {
      const labels = { cpu_logical_number: core, cpu_mode: mode };
      values.push({ metric: 'system_cpu_time_seconds_total', labels, value: ticks / TICKS_PER_SECOND });
    }
  }
  if (cores > 0) values.push({ metric: 'system_cpu_logical_count', value: cores });
  return values;
}

function modesOf(fields: string): Record<string, number> {
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = numbersOf(fields);
  return { user, nice, system, idle, iowait, interrupt: irq + softirq, steal };
}

/** The totals line of /proc/stat; undefined when there is none. */
export function parseCpuTotals(stat: string): CpuTotals | undefined {
  const [, fields] = /^cpu +([\d ]+)$/m.exec(stat) ?? [];
  if (fields === undefined) return undefined;
  const modes = modesOf(fields);
  const total = Object.values(modes).reduce((sum, ticks) => sum + ticks, 0);
  return { total, busy: total - (modes['idle'] ?? 0) - (modes['iowait'] ?? 0) };
}

/** Share of busy time between two readings, 0..1; undefined when no time passed (iowait may fall, see proc(5)). */
export function cpuUtilization(previous: CpuTotals, current: CpuTotals): number | undefined {
  const total = current.total - previous.total;
  if (total <= 0) return undefined;
  return Math.min(1, Math.max(0, (current.busy - previous.busy) / total));
}
