import type { LogStats } from '#core/api/logs.ts';
import type { LogFilter } from '#core/log-query/query.ts';
import { askLogs, LOG_LIMITS } from './ask.ts';
import { timeLiteral } from './condition.ts';
import { hexText } from './pattern-sql.ts';
import { isPartial, type LogRange, type LogScope, whereOf } from './scope.ts';

/** More different patterns are not told apart: the answer is partial. */
const MAX_PATTERNS = 20_000;

export type PatternCountsRequest = LogRange & {
  /** Points of each trend. */
  readonly points: number;
};

/** Lines of one pattern in a range, and in the time of the same length before it. */
export type PatternCount = {
  /** As the lines have it; '' for lines without a pattern. */
  readonly id: string;
  readonly count: number;
  readonly before: number;
  /** Lines in equal parts of the range. */
  readonly trend: readonly number[];
};

export type PatternCounts = { readonly counts: readonly PatternCount[]; readonly stats: LogStats };

/** How many lines each pattern has, of those that a filter finds. */
export async function countPatterns(
  scope: LogScope,
  request: PatternCountsRequest & { readonly filter: LogFilter },
): Promise<PatternCounts> {
  const started = performance.now();
  const { rows, rowsRead } = await askLogs(scope.store, statement(scope, request), {
    signal: scope.signal,
    settings: {
      timeout_overflow_mode: 'break',
      max_rows_to_group_by: MAX_PATTERNS,
      group_by_overflow_mode: 'any',
    },
  });
  const ms = performance.now() - started;
  const counts = rows.map(([id, count, before, trend]) => ({
    ...{ id: String(id), count: Number(count), before: Number(before) },
    trend: (trend as readonly unknown[]).map(Number),
  }));
  const partial = rows.length >= MAX_PATTERNS || isPartial(ms, LOG_LIMITS.seconds);
  return { counts, stats: { rowsRead, ms: Math.round(ms), partial } };
}

function statement(scope: LogScope, request: PatternCountsRequest & { readonly filter: LogFilter }): string {
  const { from, to, points, filter } = request;
  const range = { from: Math.max(0, 2 * from - to), to };
  const part = `intDiv((toUnixTimestamp64Milli(ts) - ${Math.round(from)}) * ${points}, ${Math.max(1, Math.round(to - from))})`;
  const isNow = `ts >= ${timeLiteral(Math.round(from * 1_000))}`;
  return (
    `SELECT ${hexText('p')}, countIf(n), countIf(NOT n), countResampleIf(0, ${points}, 1)(b, n) FROM (` +
    `SELECT toUInt64(pattern) AS p, ${isNow} AS n, toInt64(${part}) AS b FROM nocmate.logs WHERE ${whereOf(filter, scope, range)}` +
    `) GROUP BY p`
  );
}
