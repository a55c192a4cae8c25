import type { MetricQuery } from '#core/metric-query/query.ts';
import { NAME_LABEL } from '#core/model/labels.ts';

/** Suffixes of metric names (OpenTelemetry in Prometheus spelling) and the base unit they say. */
const SUFFIXES: readonly (readonly [suffix: string, unit: string])[] = [
  ['_bytes', 'bytes'],
  ['_seconds', 'seconds'],
  ['_ratio', 'ratio'],
  ['_celsius', 'celsius'],
  ['_hertz', 'hertz'],
  ['_volts', 'volts'],
  ['_watts', 'watts'],
  ['_rpm', 'rpm'],
  ['_bytes_per_second', 'bytes_per_second'],
];

/** What a rate per second of a unit is measured in. */
const RATES: Readonly<Record<string, string>> = { bytes: 'bytes_per_second', seconds: 'ratio', '': 'per_second' };

/** The base unit of a metric by its name; '' when the name says none. */
export function unitOfMetric(name: string): string {
  const bare = name.replace(/_total$/, '');
  return SUFFIXES.findLast(([suffix]) => bare.endsWith(suffix))?.[1] ?? '';
}

/** The base unit of a query's values: of its metric, after its function and aggregation. */
export function unitOfQuery(query: MetricQuery): string {
  if (query.aggregate?.op === 'count') return '';
  const name = query.matchers.find(({ label, op }) => label === NAME_LABEL && op === '=')?.value ?? '';
  const unit = unitOfMetric(name);
  return query.fn === 'rate' ? (RATES[unit] ?? unit) : unit;
}
