import type {
  LogContextAnswer,
  LogContextRequest,
  LogFieldsAnswer,
  LogFieldsRequest,
  LogHistogramAnswer,
  LogHistogramRequest,
  LogRow,
  LogSearchAnswer,
  LogSearchRequest,
  LogStatsRequest,
  LogValuesAnswer,
  LogValuesRequest,
} from '#core/api/logs.ts';
import { AppError } from '#core/errors.ts';
import { parseLogQuery } from '#core/log-query/parse.ts';
import type { LogFilter, LogQuery } from '#core/log-query/query.ts';
import type { Clock } from '#io/clock.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { type BucketTree, fillBuckets } from './bucket-tree.ts';
import { rowsAround } from './context.ts';
import { countLogs, type ExportOptions, exportLogs } from './export.ts';
import { listFields } from './field-list.ts';
import { countOverTime } from './histogram.ts';
import { logIndexReader } from './log-index.ts';
import { countPatterns, type PatternCounts, type PatternCountsRequest } from './pattern-counts.ts';
import { NO_PATTERN_NAMES, type PatternNames } from './pattern-sql.ts';
import { type QueryResult, runLogQuery } from './run-query.ts';
import type { LogRange, LogScope } from './scope.ts';
import { searchLogs } from './search.ts';
import { topValues } from './values.ts';
import { type WindowAnswer, type WindowQuestion, windowValues } from './window-values.ts';

export type { Bucket, BucketKind, BucketNumber, BucketResult, BucketTree, NumberKind } from './bucket-tree.ts';
export { fieldsOf } from './field-list.ts';
export type { PatternCount, PatternCounts } from './pattern-counts.ts';
export type { PatternNames } from './pattern-sql.ts';
export type { QueryResult } from './run-query.ts';
export type { LogRange } from './scope.ts';
export {
  checkWindowQuery,
  type WindowAnswer,
  type WindowFunction,
  type WindowNumber,
  type WindowQuestion,
  type WindowRow,
} from './window-values.ts';

/** Searches over stored logs. Every question has a time range; faults are `bad_query`, `limit_*`, `cancelled`. */
export type LogSearch = {
  readonly search: (request: LogSearchRequest, signal?: AbortSignal) => Promise<LogSearchAnswer>;
  readonly histogram: (request: LogHistogramRequest, signal?: AbortSignal) => Promise<LogHistogramAnswer>;
  readonly fields: (request: LogFieldsRequest, signal?: AbortSignal) => Promise<LogFieldsAnswer>;
  readonly values: (request: LogValuesRequest, signal?: AbortSignal) => Promise<LogValuesAnswer>;
  readonly context: (request: LogContextRequest, signal?: AbortSignal) => Promise<LogContextAnswer>;
  /** How many lines each pattern has, also in the time of the same length before. */
  readonly patterns: (
    request: PatternCountsRequest & { readonly query: string },
    signal?: AbortSignal,
  ) => Promise<PatternCounts>;
  /** A query with its pipes: a table, or lines over time. */
  readonly run: (request: LogStatsRequest, signal?: AbortSignal) => Promise<QueryResult>;
  /** What lines are worth in windows of time, by labels. */
  readonly windows: (question: WindowQuestion, signal?: AbortSignal) => Promise<WindowAnswer>;
  /** Rows in buckets, and numbers of them. */
  readonly buckets: (
    request: LogRange & { readonly filter: LogFilter; readonly tree: BucketTree },
    signal?: AbortSignal,
  ) => ReturnType<typeof fillBuckets>;
  /** Rows that a filter finds, in the order of time. */
  readonly find: (
    request: Omit<LogSearchRequest, 'query'> & { readonly filter: LogFilter },
    signal?: AbortSignal,
  ) => Promise<LogSearchAnswer>;
  readonly countOf: (request: LogRange & { readonly filter: LogFilter }, signal?: AbortSignal) => Promise<number>;
  readonly count: (request: Pick<LogSearchRequest, 'query' | 'from' | 'to'>, signal?: AbortSignal) => Promise<number>;
  /** All rows up to the limit, in pages. */
  readonly pages: (
    request: Omit<ExportOptions, 'filter'> & { readonly query: string },
    signal?: AbortSignal,
  ) => AsyncGenerator<readonly LogRow[]>;
};

export type LogSearchParts = {
  readonly store: TelemetryStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly patterns?: PatternNames;
};

/** Builds the search over the store. */
export function createLogSearch({ store, clock, patterns = NO_PATTERN_NAMES }: LogSearchParts): LogSearch {
  const readIndex = logIndexReader(store);
  const scopeOf = async (signal: AbortSignal | undefined): Promise<LogScope> => ({
    ...{ store, signal, now: clock.now(), index: { ...(await readIndex()), patterns } },
  });
  return {
    search: async (request, signal) => searchLogs({ ...withFilter(request), ...(await scopeOf(signal)) }),
    histogram: async (request, signal) => countOverTime(await scopeOf(signal), withFilter(request)),
    fields: async ({ sample, ...request }, signal) => {
      const found = await searchLogs({
        ...{ ...withFilter(request), limit: sample, order: 'newest', ...(await scopeOf(signal)) },
      });
      return { fields: listFields(found.rows), sampled: found.rows.length, stats: found.stats };
    },
    patterns: async (request, signal) => countPatterns(await scopeOf(signal), withFilter(request)),
    values: async (request, signal) => topValues(await scopeOf(signal), withFilter(request)),
    context: async (request, signal) => rowsAround(await scopeOf(signal), request),
    run: async (request, signal) => runLogQuery(await scopeOf(signal), readQuery(request), request),
    windows: async (question, signal) => windowValues(await scopeOf(signal), question),
    buckets: async (request, signal) => fillBuckets(await scopeOf(signal), request),
    find: async (request, signal) => searchLogs({ ...request, ...(await scopeOf(signal)) }),
    countOf: async (request, signal) => countLogs(await scopeOf(signal), request),
    count: async (request, signal) => countLogs(await scopeOf(signal), withFilter(request)),
    pages: async function* (request, signal) {
      yield* exportLogs(await scopeOf(signal), withFilter(request));
    },
  };
}

type Asked = { readonly query: string; readonly from: number; readonly to: number };

function readQuery({ query, from, to }: Asked): LogQuery {
  if (!(from < to)) throw new AppError('bad_request', `the time range is empty: from ${from} to ${to}`);
  return parseLogQuery(query);
}

/** Where rows are asked for, pipes that only narrow them are part of the filter; others are left out. */
function withFilter<Request extends Asked>(request: Request): Request & { filter: LogQuery['filter'] } {
  return { ...request, filter: readQuery(request).filter };
}
