import type { LogContextAnswer, LogContextRequest } from '#core/api/logs.ts';
import { joinFilters, type LogFilter } from '#core/log-query/query.ts';
import { placeOf } from './log-row.ts';
import type { LogScope } from './scope.ts';
import { type SearchResult, searchLogs } from './search.ts';

/** How far from a row its surroundings are looked for. */
const REACH_MS = 7 * 86_400_000;

/** What stands around a row, of the same host and, where given, of the same source and service. */
export async function rowsAround(scope: LogScope, request: LogContextRequest): Promise<LogContextAnswer> {
  const started = performance.now();
  const t = placeOf(request.id).micros / 1_000;
  const filter = sameOrigin(request);
  const side = (order: 'newest' | 'oldest', limit: number): Promise<SearchResult> | undefined =>
    limit === 0
      ? undefined
      : searchLogs({
          ...{ ...scope, filter, order, limit, cursor: request.id },
          ...{ from: Math.max(0, t - REACH_MS), to: t + REACH_MS },
        });
  const before = await side('newest', request.before);
  const after = await side('oldest', request.after);
  return {
    before: (before?.rows ?? []).toReversed(),
    after: after?.rows ?? [],
    stats: {
      rowsRead: (before?.stats.rowsRead ?? 0) + (after?.stats.rowsRead ?? 0),
      ms: Math.round(performance.now() - started),
      partial: before?.stats.partial === true || after?.stats.partial === true,
    },
  };
}

function sameOrigin({ host, source, service }: LogContextRequest): LogFilter {
  const parts = Object.entries({ host, source, service }).flatMap(([field, text]): LogFilter[] =>
    text === undefined ? [] : [{ kind: 'field', field, test: { kind: 'equals', text } }],
  );
  return joinFilters('and', parts);
}
