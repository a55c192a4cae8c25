import { parseLogQuery } from '#core/log-query/parse.ts';
import { printLogFilter, printLogQuery } from '#core/log-query/print.ts';
import { joinFilters, type LogFilter, type LogQuery } from '#core/log-query/query.ts';
import { LogQuerySyntaxError } from '#core/log-query/syntax-error.ts';

/** What a text is as a log query: read, or why and where (UTF-16 offset) it cannot be. */
export type ReadLogQuery =
  | { readonly query: LogQuery; readonly problem?: undefined }
  | { readonly query?: undefined; readonly problem: { readonly message: string; readonly position: number } };

/** Reads a log query without throwing. */
export function readLogQuery(text: string): ReadLogQuery {
  try {
    return { query: parseLogQuery(text) };
  } catch (error) {
    if (!(error instanceof LogQuerySyntaxError)) throw error;
    return { problem: { message: error.message, position: error.position } };
  }
}

const partsOf = (filter: LogFilter): readonly LogFilter[] =>
  filter.kind === 'and' ? filter.parts : filter.kind === 'all' ? [] : [filter];

/** The parts of a query that all must hold, as texts. */
export function pillsOf({ filter }: LogQuery): readonly string[] {
  return partsOf(filter).map(printLogFilter);
}

/** The query without the part at this place of {@link pillsOf}. */
export function withoutPill(query: LogQuery, index: number): string {
  const parts = partsOf(query.filter).filter((_, at) => at !== index);
  return printLogQuery({ ...query, filter: joinFilters('and', parts) });
}

/** The part at this place turned into its opposite. */
export function withPillTurned(query: LogQuery, index: number): string {
  const parts = partsOf(query.filter).map((part, at) => (at === index ? opposite(part) : part));
  return printLogQuery({ ...query, filter: joinFilters('and', parts) });
}

const opposite = (filter: LogFilter): LogFilter =>
  filter.kind === 'not' ? filter.part : { kind: 'not', part: filter };

/** The query narrowed to records whose field has this value, or has not. The opposite part, if there is one, goes. */
export function withValue(query: LogQuery, field: string, value: string, exclude = false): string {
  return withPart(query, { kind: 'field', field, test: { kind: 'equals', text: value } }, exclude);
}

/** The query narrowed to records that have this field, or have not. */
export function withField(query: LogQuery, field: string, exclude = false): string {
  return withPart(query, { kind: 'field', field, test: { kind: 'exists' } }, exclude);
}

function withPart(query: LogQuery, wanted: LogFilter, exclude: boolean): string {
  const part = exclude ? opposite(wanted) : wanted;
  const texts = [printLogFilter(part), printLogFilter(opposite(part))];
  const kept = partsOf(query.filter).filter((each) => !texts.includes(printLogFilter(each)));
  return printLogQuery({ ...query, filter: joinFilters('and', [...kept, part]) });
}
