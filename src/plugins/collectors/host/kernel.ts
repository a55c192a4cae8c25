import type { CollectedValue } from '#core/plugin/collector.ts';

const COUNTERS: readonly (readonly [field: string, metric: string])[] = [
  ['ctxt', 'system_context_switches_total'],
  ['intr', 'system_interrupts_total'],
  ['processes', 'system_process_created_total'],
];

/** Counters of the whole kernel from /proc/stat, and the processes that want to run or wait for a disk now. */
export function parseKernel(stat: string): CollectedValue[] {
  const values: CollectedValue[] = [];
  for (const [field, metric] of COUNTERS) {
    const value = numberAfter(stat, field);
    if (value !== undefined) values.push({ metric, value });
  }
  const runnable = numberAfter(stat, 'procs_running');
  if (runnable !== undefined) values.push({ metric: 'system_process_runnable_count', value: runnable });
  const blocked = numberAfter(stat, 'procs_blocked');
  if (blocked !== undefined) values.push({ metric: 'system_process_blocked_count', value: blocked });
  const bootTime = numberAfter(stat, 'btime');
  if (bootTime !== undefined) values.push({ metric: 'system_boot_timestamp_seconds', value: bootTime });
  return values;
}

function numberAfter(stat: string, field: string): number | undefined {
  const [, digits] = new RegExp(`^${field} (\\d+)`, 'm').exec(stat) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
