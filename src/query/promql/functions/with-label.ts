import type { Labels } from '#core/model/labels.ts';

/** The labels with one set; an empty value takes it away. Without a prototype: `__proto__` may be a label. */
export function withLabel(labels: Labels, name: string, value: string): Labels {
  const changed = Object.assign(Object.create(null) as Record<string, string>, labels);
  if (value === '') delete changed[name];
  else changed[name] = value;
  return changed;
}
