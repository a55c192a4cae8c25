import type { CollectedValue } from '#core/plugin/collector.ts';
import { namedNumbers } from './fields.ts';

const KIB = 1_024;

/**
 * Memory and swap from /proc/meminfo. The states used, free, buffers and cached (page cache and reclaimable slab) add
 * up to the limit. Kernels before 3.14 have no MemAvailable: the value is left out then.
 */
export function parseMemory(meminfo: string): CollectedValue[] {
  const fields = namedNumbers(meminfo);
  const bytes = (name: string): number => (fields.get(name) ?? 0) * KIB;
  const limit = bytes('MemTotal');
  if (limit === 0) return [];
  const free = bytes('MemFree');
  const buffers = bytes('Buffers');
  const cached = bytes('Cached') + bytes('SReclaimable');
  const values: CollectedValue[] = [{ metric: 'system_memory_limit_bytes', value: limit }];
  const states = { used: Math.max(0, limit - free - buffers - cached), free, buffers, cached };
  for (const [state, value] of Object.entries(states)) {
    const labels = { system_memory_state: state };
    values.push({ metric: 'system_memory_usage_bytes', labels, value });
    values.push({ metric: 'system_memory_utilization_ratio', labels, value: value / limit });
  }
  if (fields.has('MemAvailable')) {
    values.push({ metric: 'system_memory_linux_available_bytes', value: bytes('MemAvailable') });
  }
  if (fields.has('Shmem')) values.push({ metric: 'system_memory_linux_shared_bytes', value: bytes('Shmem') });
  values.push({ metric: 'system_memory_linux_dirty_bytes', value: bytes('Dirty') + bytes('Writeback') });
  return [...values, ...swapOf(bytes('SwapTotal'), bytes('SwapFree'))];
}

function swapOf(total: number, free: number): CollectedValue[] {
  const values: CollectedValue[] = [];
  for (const [state, value] of Object.entries({ used: total - free, free })) {
    const labels = { system_paging_state: state };
    values.push({ metric: 'system_paging_usage_bytes', labels, value });
    if (total > 0) values.push({ metric: 'system_paging_utilization_ratio', labels, value: value / total });
  }
  return values;
}
