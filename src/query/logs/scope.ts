import type { LogFilter } from '#core/log-query/query.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { logCondition, timeCondition } from './condition.ts';
import { recordFields } from './field-sql.ts';
import type { LogIndex } from './log-index.ts';

/** What every question to the logs needs. */
export type LogScope = {
  readonly store: TelemetryStore;
  readonly index: LogIndex;
  /** What `now` is in the query, in ms. */
  readonly now: number;
  readonly signal?: AbortSignal | undefined;
};

/** A time range in ms, [from, to). */
export type LogRange = { readonly from: number; readonly to: number };

/** The condition of a filter and a time range on the table of logs. */
export function whereOf(
  filter: LogFilter,
  { now, index }: Pick<LogScope, 'now' | 'index'>,
  { from, to }: LogRange,
): string {
  return `${timeCondition(Math.round(from * 1_000), Math.round(to * 1_000))} AND ${logCondition(filter, recordFields(index), now)}`;
}

/** An aggregation that ran until its limit gave what it had. */
export const isPartial = (ms: number, seconds: number): boolean => ms >= seconds * 1_000;
