import { NAME_LABEL } from '#core/model/labels.ts';
import type { LatestValue } from '#web/data/latest-values.ts';

/** One mounted filesystem; sizes in bytes, null = not measured. */
export type Filesystem = {
  readonly mount: string;
  readonly type: string;
  readonly ratio: number | null;
  readonly free: number | null;
  readonly size: number | null;
};

/** Filesystems from their series, the fullest first. */
export function filesystemsOf(values: readonly LatestValue[]): readonly Filesystem[] {
  const found = new Map<string, Filesystem>();
  for (const { labels, value } of values) {
    const mount = labels['system_filesystem_mountpoint'];
    if (mount === undefined) continue;
    const type = labels['system_filesystem_type'] ?? '';
    const known = found.get(mount) ?? { mount, type, ratio: null, free: null, size: null };
    found.set(mount, { ...known, ...figureOf(labels[NAME_LABEL], labels['system_filesystem_state'], value) });
  }
  return [...found.values()].sort((a, b) => (b.ratio ?? -1) - (a.ratio ?? -1) || a.mount.localeCompare(b.mount));
}

function figureOf(metric: string | undefined, state: string | undefined, value: number): Partial<Filesystem> {
  if (metric === 'system_filesystem_utilization_ratio') return { ratio: value };
  if (metric === 'system_filesystem_limit_bytes') return { size: value };
  return metric === 'system_filesystem_usage_bytes' && state === 'free' ? { free: value } : {};
}
