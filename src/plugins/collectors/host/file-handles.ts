import type { CollectedValue } from '#core/plugin/collector.ts';
import { numbersOf } from './fields.ts';

/** Open file handles of the whole machine and their limit from /proc/sys/fs/file-nr. */
export function parseFileHandles(text: string): CollectedValue[] {
  const [allocated = Number.NaN, unused = Number.NaN, limit = Number.NaN] = numbersOf(text);
  if (Number.isNaN(allocated + unused + limit)) return [];
  return [
    { metric: 'system_file_handle_count', value: allocated - unused },
    { metric: 'system_file_handle_limit', value: limit },
  ];
}
