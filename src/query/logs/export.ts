import type { LogRow } from '#core/api/logs.ts';
import type { LogFilter } from '#core/log-query/query.ts';
import { askLogs } from './ask.ts';
import { type LogRange, type LogScope, whereOf } from './scope.ts';
import { searchLogs } from './search.ts';

const PAGE = 5_000;

export type ExportOptions = LogRange & {
  readonly filter: LogFilter;
  readonly order: 'newest' | 'oldest';
  readonly limit: number;
};

/** How many rows match. */
export async function countLogs(scope: LogScope, options: LogRange & { readonly filter: LogFilter }): Promise<number> {
  const where = whereOf(options.filter, scope, options);
  const { rows } = await askLogs(scope.store, `SELECT count() FROM nocmate.logs WHERE ${where}`, {
    signal: scope.signal,
  });
  return Number(rows[0]?.[0] ?? 0);
}

/** All rows up to the limit, page by page: what is held at a time is one page. */
export async function* exportLogs(scope: LogScope, options: ExportOptions): AsyncGenerator<readonly LogRow[]> {
  let left = options.limit;
  let cursor: string | undefined;
  do {
    const page = await searchLogs({ ...scope, ...options, limit: Math.min(PAGE, left), cursor });
    if (page.rows.length > 0) yield page.rows;
    left -= page.rows.length;
    cursor = page.cursor;
  } while (cursor !== undefined && left > 0);
}
