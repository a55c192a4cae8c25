import type { LogTap } from '#core/live-tap.ts';
import { parseLogQuery } from '#core/log-query/parse.ts';
import { printLogQuery } from '#core/log-query/print.ts';
import { joinFilters, type LogFilter } from '#core/log-query/query.ts';
import type { PatternNames } from '#query/logs/index.ts';

/** The live tail, whose queries may say of patterns what searches may: names, `muted`, ids of what is a part of others. */
export function tapWithPatterns(tap: LogTap, names: PatternNames): LogTap {
  return { watch: (query, onBatch) => tap.watch(withIds(query, names), onBatch) };
}

/** The query with what it says of patterns as ids. Throws `bad_query`. */
export function withIds(query: string, names: PatternNames): string {
  if (!/\bpattern\b/.test(query)) return query;
  const { filter, pipes } = parseLogQuery(query);
  return printLogQuery({ filter: replaced(filter, names), pipes });
}

function replaced(filter: LogFilter, names: PatternNames): LogFilter {
  if (filter.kind === 'not') return { kind: 'not', part: replaced(filter.part, names) };
  if (filter.kind === 'and' || filter.kind === 'or') {
    return { kind: filter.kind, parts: filter.parts.map((part) => replaced(part, names)) };
  }
  if (filter.kind !== 'field' || filter.field !== 'pattern' || filter.test.kind !== 'equals') return filter;
  const ids = filter.test.text === '' ? [] : names.idsOf(filter.test.text);
  if (ids.length === 0) return filter;
  return joinFilters(
    'or',
    ids.map((text) => ({ kind: 'field', field: 'pattern', test: { kind: 'equals', text } })),
  );
}
