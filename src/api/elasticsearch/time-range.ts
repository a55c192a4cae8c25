import { fieldKind, queryTime } from '#core/log-query/fields.ts';
import type { LogFilter } from '#core/log-query/query.ts';
import type { LogRange } from '#query/logs/index.ts';

const YEAR_MS = 366 * 86_400_000;

/** The time (ms) that a filter leaves, from its ranges of time; two years where it has none. */
export function timeRangeOf(filter: LogFilter, now: number): LogRange {
  const bounds = boundsOf(filter, now);
  const from = Math.max(now - 2 * YEAR_MS, ...bounds.map(([low]) => low));
  const to = Math.min(now + YEAR_MS, ...bounds.map(([, high]) => high));
  return from < to ? { from, to } : { from, to: from + 1 };
}

function boundsOf(filter: LogFilter, now: number): [number, number][] {
  if (filter.kind === 'and') return filter.parts.flatMap((part) => boundsOf(part, now));
  if (filter.kind !== 'field' || filter.test.kind !== 'range' || fieldKind(filter.field) !== 'time') return [];
  const { low, high } = filter.test;
  const from = low === undefined ? undefined : queryTime(low.text, now);
  const to = high === undefined ? undefined : queryTime(high.text, now);
  // Both ends are kept by the filter itself: here is only what surely lies outside.
  return [[from ?? Number.NEGATIVE_INFINITY, to === undefined ? Number.POSITIVE_INFINITY : to + 1]];
}
