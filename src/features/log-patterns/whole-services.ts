import { parseLogQuery } from '#core/log-query/parse.ts';
import type { LogFilter } from '#core/log-query/query.ts';

/**
 * The services of whose lines a query finds all, or all but those of some patterns: `'all'`, or a list; undefined when it
 * may leave out others. Of such a query it is known whether patterns without a line would be found by it.
 */
export function wholeServices(query: string): readonly string[] | 'all' | undefined {
  const { filter, pipes } = parseLogQuery(query);
  if (pipes.length > 0) return undefined;
  const parts = (filter.kind === 'and' ? filter.parts : [filter]).filter((part) => !isPatternLeftOut(part));
  const lists = parts.filter(({ kind }) => kind !== 'all').map(servicesOf);
  const [first, ...others] = lists;
  if (first === undefined) return lists.length === 0 ? 'all' : undefined;
  return others.length === 0 ? first : undefined;
}

function servicesOf(filter: LogFilter): readonly string[] | undefined {
  if (filter.kind === 'or') {
    const lists = filter.parts.map(servicesOf);
    return lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? []);
  }
  const isService = filter.kind === 'field' && (filter.field === 'service' || filter.field === 'service.name');
  return isService && filter.test.kind === 'equals' ? [filter.test.text] : undefined;
}

const isPatternLeftOut = (filter: LogFilter): boolean =>
  filter.kind === 'not' && filter.part.kind === 'field' && filter.part.field === 'pattern';
