import type { CollectedValue } from '#core/plugin/collector.ts';
import { namedNumbers } from './fields.ts';

/** Page faults, pages swapped in and out, and kills for want of memory from /proc/vmstat. */
export function parsePaging(vmstat: string): CollectedValue[] {
  const fields = namedNumbers(vmstat);
  const values: CollectedValue[] = [];
  const faults = fields.get('pgfault');
  const major = fields.get('pgmajfault');
  if (faults !== undefined && major !== undefined) {
    values.push(fault('minor', faults - major), fault('major', major));
  }
  for (const [field, direction] of [
    ['pswpin', 'in'],
    ['pswpout', 'out'],
  ] as const) {
    const value = fields.get(field);
    const labels = { system_paging_direction: direction };
    if (value !== undefined) values.push({ metric: 'system_paging_operations_total', labels, value });
  }
  const kills = fields.get('oom_kill');
  if (kills !== undefined) values.push({ metric: 'system_memory_oom_kills_total', value: kills });
  return values;
}

function fault(type: string, value: number): CollectedValue {
  return { metric: 'system_paging_faults_total', labels: { system_paging_fault_type: type }, value };
}
