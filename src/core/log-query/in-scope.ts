import type { Matcher } from '../metric-query/query.ts';
import { parseLogQuery } from './parse.ts';
import { printLogQuery } from './print.ts';
import { joinFilters, type LogFilter } from './query.ts';
import { LogQuerySyntaxError } from './syntax-error.ts';

/** A log query narrowed by label matchers, those of a page's scope; one that cannot be read stays as it is. */
export function logQueryInScope(text: string, matchers: readonly Matcher[]): string {
  if (matchers.length === 0) return text;
  try {
    const query = parseLogQuery(text);
    return printLogQuery({ ...query, filter: joinFilters('and', [query.filter, ...matchers.map(filterOf)]) });
  } catch (error) {
    if (error instanceof LogQuerySyntaxError) return text;
    throw error;
  }
}

function filterOf({ label, op, value }: Matcher): LogFilter {
  const test = op.includes('~')
    ? ({ kind: 'regex', pattern: `^(?:${value})$` } as const)
    : ({ kind: 'equals', text: value } as const);
  const part: LogFilter = { kind: 'field', field: label, test };
  return op.startsWith('!') ? { kind: 'not', part } : part;
}
