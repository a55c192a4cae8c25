import { NAME_LABEL } from './labels.ts';

/** Labels as a person writes a series, in the order given: `up{job="node"}`. For messages; nothing reads it back. */
export function seriesText(labels: readonly (readonly [name: string, value: string])[]): string {
  const nameAt = labels.findIndex(([name]) => name === NAME_LABEL);
  const others = labels.filter((_, i) => i !== nameAt).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${labels[nameAt]?.[1] ?? ''}{${others.join(', ')}}`;
}
