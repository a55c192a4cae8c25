import type { CollectedValue } from '#core/plugin/collector.ts';

const METRICS = ['system_cpu_load_average_1m', 'system_cpu_load_average_5m', 'system_cpu_load_average_15m'];

/** Load averages from /proc/loadavg. */
export function parseLoad(loadavg: string): CollectedValue[] {
  const fields = loadavg.split(' ').map(Number.parseFloat);
  return METRICS.flatMap((metric, index) => {
    const value = fields[index];
    return value === undefined || Number.isNaN(value) ? [] : [{ metric, value }];
  });
}
