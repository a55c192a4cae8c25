import { fieldKind } from '#core/log-query/fields.ts';
import type { LogFilter } from '#core/log-query/query.ts';
import { logCondition, timeCondition } from './condition.ts';
import { recordFields } from './field-sql.ts';
import type { LogRange, LogScope } from './scope.ts';

const MINUTE = 60_000;
/** The store's times of minutes end here, ms. */
const LAST = 4_294_967_295_000;

/** Buckets of time in ms: bucket n begins at `start + n * step`. */
export type TimeGrid = { readonly start: number; readonly step: number };

export type CountQuestion = LogRange & {
  readonly filter: LogFilter;
  /** What lines are counted by. */
  readonly column: 'severity' | 'service';
};

/**
 * The statement of columns b, s and n: how many lines a bucket has of each severity or service, from the counts of minutes that
 * the store keeps beside the lines, and from the lines themselves where the range begins and ends. Parts without counts are read
 * by the engine. Undefined where counts of minutes do not say it.
 */
export function countsByMinute(
  { index, now }: LogScope,
  { from, to, filter, column }: CountQuestion,
  { start, step }: TimeGrid,
): string | undefined {
  const [first, last] = [Math.ceil(from / MINUTE) * MINUTE, Math.floor(to / MINUTE) * MINUTE];
  if (start % MINUTE !== 0 || step % MINUTE !== 0 || first >= last || last > LAST || !isOfCounts(filter))
    return undefined;
  const condition = logCondition(filter, recordFields(index), now);
  const select = (ms: string, where: string): string =>
    `SELECT intDiv(${ms} - ${start}, ${step}) AS b, ${column} AS s, count() AS n FROM nocmate.logs WHERE ${where} AND ${condition} GROUP BY b, s`;
  const minute = 'toStartOfMinute(ts)';
  const minutes = `${minute} >= toDateTime(${first / 1_000}) AND ${minute} < toDateTime(${last / 1_000})`;
  const edges = [timeCondition(from * 1_000, first * 1_000), timeCondition(last * 1_000, to * 1_000)];
  const lists = [select(`toUnixTimestamp(${minute}) * 1000`, minutes)];
  if (from < first || last < to) lists.push(select('toUnixTimestamp64Milli(ts)', `((${edges.join(') OR (')}))`));
  return lists.join(' UNION ALL ');
}

/** Whether a filter names nothing but what lines are counted by. */
function isOfCounts(filter: LogFilter): boolean {
  switch (filter.kind) {
    case 'all':
      return true;
    case 'and':
    case 'or':
      return filter.parts.every(isOfCounts);
    case 'not':
      return isOfCounts(filter.part);
    case 'field':
      return ['severity', 'service'].includes(fieldKind(filter.field));
  }
}
