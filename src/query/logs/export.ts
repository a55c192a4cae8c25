import type { LogRow } from '#core/api/logs.ts';
import { AppError } from '#core/errors.ts';
import type { LogFilter } from '#core/log-query/query.ts';
import { askLogs } from './ask.ts';
import { type LogRange, type LogScope, whereOf } from './scope.ts';
import { searchLogs } from './search.ts';

/** What an answer that is too large fails with. */
const TOO_MUCH: ReadonlySet<string> = new Set(['limit_rows', 'limit_memory']);
const PAGE = 5_000;
const PAGE_BYTES = 8 * 2 ** 20;
/** About what a row has beside its body. */
const ROW_BYTES = 300;

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

/**
 * All rows up to the limit, page by page: what is held at a time is one page. Pages have as many rows as make a few
 * megabytes; where even that is too much for an answer, fewer are asked for.
 */
export async function* exportLogs(scope: LogScope, options: ExportOptions): AsyncGenerator<readonly LogRow[]> {
  let left = options.limit;
  let size = PAGE;
  let cursor: string | undefined;
  while (left > 0) {
    const limit = Math.min(size, left);
    const page = await searchLogs({ ...scope, ...options, limit, cursor }).catch((error: unknown) => {
      if (limit > 1 && error instanceof AppError && TOO_MUCH.has(error.code)) return undefined;
      throw error;
    });
    if (page === undefined) {
      size = Math.ceil(limit / 16);
      continue;
    }
    if (page.rows.length > 0) yield page.rows;
    if (page.cursor === undefined) return;
    left -= page.rows.length;
    cursor = page.cursor;
    size = nextSize(page.rows, size);
  }
}

function nextSize(rows: readonly LogRow[], size: number): number {
  const bytes = rows.reduce((sum, { body }) => sum + ROW_BYTES + body.length, 0);
  const fitting = bytes === 0 ? size : Math.ceil((rows.length * PAGE_BYTES) / bytes);
  return Math.max(1, Math.min(PAGE, 2 * size, fitting));
}
