import type { CollectedValue } from '#core/plugin/collector.ts';

/** Stall time from /proc/pressure/<resource> (`some` = at least one task waited, `full` = all did). */
export function parsePressure(resource: string, text: string): CollectedValue[] {
  return [...text.matchAll(/^(some|full) .*\btotal=(\d+)/gm)].map(([, kind = '', micros]) => ({
    metric: 'system_pressure_stalled_seconds_total',
    labels: { resource, kind },
    value: Number(micros) / 1_000_000,
  }));
}
