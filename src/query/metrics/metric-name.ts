import type { MetricKind } from '#core/plugin/metric.ts';

const KINDS: readonly (MetricKind | undefined)[] = [undefined, 'gauge', 'counter'];
const UNITS = new Set([
  'seconds',
  'bytes',
  'ratio',
  'celsius',
  'hertz',
  'volts',
  'amperes',
  'watts',
  'joules',
  'meters',
]);

/** The unit that a name in the Prometheus spelling ends with (`…_bytes`, `…_seconds_total`), or ''. */
export function unitOfName(name: string): string {
  const words = name.split('_');
  if (words.at(-1) === 'total') words.pop();

  const last = words.at(-1) ?? '';
  return UNITS.has(last) ? last : '';
}

/** Kind as the catalogue has it (0 unknown, 1 gauge, 2 counter), else what the name says. */
export function kindOf(type: number, name: string): MetricKind | undefined {
  return KINDS[type] ?? (name.endsWith('_total') ? 'counter' : undefined);
}
