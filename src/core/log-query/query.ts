/** One end of a range: the text as written, and whether the value itself belongs to it. */
export type LogBound = { readonly text: string; readonly inclusive: boolean };

/**
 * What is asked of a field. `pattern` of a wildcard: `*` any run, `?` one character, `\` before a character that stands for
 * itself. Regular expressions are RE2, found anywhere in the value.
 */
export type LogTest =
  | { readonly kind: 'equals'; readonly text: string }
  | { readonly kind: 'wildcard'; readonly pattern: string }
  | { readonly kind: 'exists' }
  | { readonly kind: 'regex'; readonly pattern: string }
  | { readonly kind: 'range'; readonly low?: LogBound; readonly high?: LogBound };

/** Which records are meant. Lists have two parts or more; a free word is a test of the field `message`. */
export type LogFilter =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly LogFilter[] }
  | { readonly kind: 'not'; readonly part: LogFilter }
  | { readonly kind: 'field'; readonly field: string; readonly test: LogTest };

export const LOG_AGGREGATES = [
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'dc',
  'percentile',
  'stdev',
  'first',
  'last',
] as const;
export type LogAggregateName = (typeof LOG_AGGREGATES)[number];

/** A column that is calculated of many records: `p95(duration) as slow`. */
export type LogAggregate = {
  readonly fn: LogAggregateName;
  /** Absent only for `count()`. */
  readonly field?: string;
  /** Of `percentile`: 0–100. */
  readonly percentile?: number;
  /** Name of the column. */
  readonly name: string;
};

/** What records are grouped by: a field, or pieces of time. */
export type LogGroup =
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'span'; readonly ms: number };

export type LogSortKey = { readonly field: string; readonly descending: boolean };

/** A step after the filter; each works on what the step before it gives. */
export type LogPipe =
  | { readonly kind: 'where'; readonly filter: LogFilter }
  | { readonly kind: 'stats'; readonly aggregates: readonly LogAggregate[]; readonly by: readonly LogGroup[] }
  | {
      readonly kind: 'timechart';
      readonly span?: number;
      readonly aggregates: readonly LogAggregate[];
      readonly by?: string;
      /** Lines at most, the largest ones. */
      readonly limit: number;
    }
  | { readonly kind: 'rate'; readonly span?: number; readonly by?: string }
  | { readonly kind: 'top' | 'rare'; readonly count: number; readonly fields: readonly string[] }
  | { readonly kind: 'sort'; readonly keys: readonly LogSortKey[] }
  | { readonly kind: 'head'; readonly count: number }
  | { readonly kind: 'fields' | 'dedup'; readonly fields: readonly string[] }
  | { readonly kind: 'parse'; readonly field: string; readonly pattern: string };

/** A log query as data: what `parseLogQuery` reads and `printLogQuery` writes. */
export type LogQuery = { readonly filter: LogFilter; readonly pipes: readonly LogPipe[] };

/** The field that free words are looked for in. */
export const MESSAGE_FIELD = 'message';

export const ALL_LOGS: LogFilter = { kind: 'all' };

/** All or any of some filters, as flat as can be. */
export function joinFilters(kind: 'and' | 'or', filters: readonly LogFilter[]): LogFilter {
  const parts = filters.flatMap((filter) => (filter.kind === kind ? filter.parts : [filter]));
  const needed = kind === 'and' ? parts.filter((part) => part.kind !== 'all') : parts;
  const [first = ALL_LOGS] = needed;
  if (kind === 'or' && needed.some((part) => part.kind === 'all')) return ALL_LOGS;
  return needed.length < 2 ? first : { kind, parts: needed };
}
