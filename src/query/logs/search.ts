import type { LogRow, LogStats } from '#core/api/logs.ts';
import { AppError } from '#core/errors.ts';
import type { LogFilter } from '#core/log-query/query.ts';
import { askLogs, LOG_LIMITS } from './ask.ts';
import { logCondition, timeCondition, timeLiteral } from './condition.ts';
import { recordFields } from './field-sql.ts';
import { type LogPlace, placeOf, ROW_COLUMNS, readLogRow } from './log-row.ts';
import { isForId } from './rare.ts';
import type { LogScope } from './scope.ts';
import { readingWindows } from './windows.ts';

export type SearchOptions = LogScope & {
  readonly filter: LogFilter;
  /** [from, to) in ms. */
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  readonly order: 'newest' | 'oldest';
  /** Only rows behind this one, in the order. */
  readonly cursor?: string | undefined;
};

export type SearchResult = {
  readonly rows: readonly LogRow[];
  /** Where the next page begins; absent when there is none. */
  readonly cursor?: string;
  readonly stats: LogStats;
};

/**
 * Columns that are not filtered by are read only of the rows of the answer. Rows that are too old for it are not sorted out
 * while they are read: that costs three times what it saves.
 */
const SETTINGS = {
  use_top_k_dynamic_filtering: 0,
  query_plan_optimize_lazy_materialization: 1,
  query_plan_max_limit_for_lazy_materialization: 10_000,
};

/**
 * One page of rows in the order of (time, seq). The nearest minutes are read first and then ever longer windows, so that
 * a page of what is common costs little however long the range is.
 */
export async function searchLogs(options: SearchOptions): Promise<SearchResult> {
  const started = performance.now();
  const found: LogRow[] = [];
  let rowsRead = 0;
  const stats = (partial: boolean): LogStats => ({ rowsRead, ms: Math.round(performance.now() - started), partial });
  const windows = readingWindows(range(options), options.order, isForId(options.filter, options.now));
  let step = windows.next(0);
  while (step.done !== true) {
    const [from, to, isFirst] = step.value;
    const seconds = LOG_LIMITS.seconds - (performance.now() - started) / 1_000;
    const sql = searchStatement({ ...options, limit: options.limit + 1 - found.length }, from, to);
    try {
      if (seconds <= 0) throw new AppError('limit_time', 'the search took too long');
      const answer = await askLogs(options.store, sql, { signal: options.signal, seconds, settings: SETTINGS });
      for (const row of answer.rows) found.push(readLogRow(row));
      rowsRead += answer.rowsRead;
      if (found.length > options.limit) return page(found, options.limit, stats(false));
      step = windows.next(answer.rows.length);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'limit_time' || isFirst) throw error;
      const edge = options.order === 'newest' ? `${to}_0` : `${from - 1}_18446744073709551615`;
      return { rows: found, cursor: edge, stats: stats(true) };
    }
  }
  return { rows: found, stats: stats(false) };
}

function page(found: LogRow[], limit: number, stats: LogStats): SearchResult {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, ...(last === undefined ? {} : { cursor: last.id }), stats };
}

/** The range in µs that the cursor leaves. */
function range({ from, to, cursor, order }: SearchOptions): readonly [number, number] {
  const [first, last] = [Math.round(from * 1_000), Math.round(to * 1_000)];
  if (cursor === undefined) return [first, last];
  const { micros } = placeOf(cursor);
  return order === 'newest' ? [first, Math.min(last, micros + 1)] : [Math.max(first, micros), last];
}

/** The statement that reads one window, in µs. */
export function searchStatement(options: SearchOptions, from: number, to: number): string {
  const { filter, now, order, limit, cursor } = options;
  const conditions = [timeCondition(from, to), logCondition(filter, recordFields(options.index), now)];
  if (cursor !== undefined) conditions.push(behind(placeOf(cursor), order));
  const direction = order === 'newest' ? 'DESC' : 'ASC';
  return `SELECT ${ROW_COLUMNS} FROM nocmate.logs WHERE ${conditions.join(' AND ')} ORDER BY ts ${direction}, seq ${direction} LIMIT ${limit}`;
}

function behind({ micros, seq }: LogPlace, order: SearchOptions['order']): string {
  const sign = order === 'newest' ? '<' : '>';
  return `(ts ${sign} ${timeLiteral(micros)} OR (ts = ${timeLiteral(micros)} AND seq ${sign} toUInt64(${seq})))`;
}
