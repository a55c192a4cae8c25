import { z } from 'zod';

const MAX_TEXT = 16 * 1024;
const Query = z.string().max(MAX_TEXT).default('');

/** A log line as it is shown. */
export type LogRow = {
  /** Its place in the order of all rows: `<µs>_<seq>`; a cursor is one, too. */
  readonly id: string;
  /** ms since the epoch, with fractions. */
  readonly t: number;
  readonly severity: number;
  readonly host: string;
  readonly service: string;
  readonly source: string;
  readonly body: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly resource: Readonly<Record<string, string>>;
  /** The id of its pattern; absent when it has none. */
  readonly pattern?: string;
};

/** How an answer was made. `partial`: it ended at a limit before everything was read. */
export type LogStats = { readonly rowsRead: number; readonly ms: number; readonly partial: boolean };

const Range = z.strictObject({
  /** Text of a log query; what is counted or listed is what its filter finds. */
  query: Query,
  /** [from, to) in ms since the epoch. */
  from: z.number().min(0),
  to: z.number().min(0).max(4e12),
});

/** `POST /api/logs/search`: rows in the order of time. */
export const LogSearchRequest = Range.extend({
  limit: z.number().int().min(1).max(10_000).default(200),
  order: z.enum(['newest', 'oldest']).default('newest'),
  /** `cursor` of the page before. */
  cursor: z.string().max(64).optional(),
});
export type LogSearchRequest = z.infer<typeof LogSearchRequest>;
export type LogSearchAnswer = {
  readonly rows: readonly LogRow[];
  readonly cursor?: string;
  readonly stats: LogStats;
};

/** `POST /api/logs/histogram`: counts over time. */
export const LogHistogramRequest = Range.extend({
  buckets: z.number().int().min(1).max(1_000).default(100),
  /** A field whose largest values have counts of their own. */
  by: z.string().max(256).default('level'),
  limit: z.number().int().min(1).max(50).default(10),
});
export type LogHistogramRequest = z.infer<typeof LogHistogramRequest>;
export type LogHistogramAnswer = {
  /** Start of the first bucket and length of each, in ms. */
  readonly start: number;
  readonly step: number;
  /** Counts of each value, largest first; `other` holds what is beyond the limit. */
  readonly series: readonly { readonly value: string; readonly total: number; readonly counts: readonly number[] }[];
  readonly total: number;
  readonly stats: LogStats;
};

/** `POST /api/logs/fields`: what fields the newest rows have. */
export const LogFieldsRequest = Range.extend({ sample: z.number().int().min(1).max(5_000).default(1_000) });
export type LogFieldsRequest = z.infer<typeof LogFieldsRequest>;
export type LogFieldSummary = {
  readonly name: string;
  readonly type: 'text' | 'number' | 'duration' | 'size' | 'boolean' | 'time' | 'ip';
  /** Share of the sampled rows that have it, 0–100. */
  readonly coverage: number;
  readonly examples: readonly string[];
};
export type LogFieldsAnswer = {
  readonly fields: readonly LogFieldSummary[];
  readonly sampled: number;
  readonly stats: LogStats;
};

/** `POST /api/logs/values`: the most frequent values of a field. */
export const LogValuesRequest = Range.extend({
  field: z.string().min(1).max(256),
  prefix: z.string().max(256).default(''),
  limit: z.number().int().min(1).max(1_000).default(20),
});
export type LogValuesRequest = z.infer<typeof LogValuesRequest>;
export type LogValuesAnswer = {
  readonly values: readonly { readonly value: string; readonly count: number }[];
  /** Rows that match, and those of them that have the field. */
  readonly total: number;
  readonly present: number;
  readonly distinct: number;
  readonly stats: LogStats;
};

/** `POST /api/logs/context`: what the same host wrote to the same place around a row. */
export const LogContextRequest = z.strictObject({
  id: z.string().max(64),
  host: z.string().max(1_024),
  source: z.string().max(4_096).optional(),
  service: z.string().max(1_024).optional(),
  before: z.number().int().min(0).max(1_000).default(20),
  after: z.number().int().min(0).max(1_000).default(20),
});
export type LogContextRequest = z.infer<typeof LogContextRequest>;
export type LogContextAnswer = {
  /** Oldest first; the row itself is among neither. */
  readonly before: readonly LogRow[];
  readonly after: readonly LogRow[];
  readonly stats: LogStats;
};

/** `POST /api/logs/export`: rows as a file; the header `x-total-rows` says how many come. */
export const LogExportRequest = Range.extend({
  format: z.enum(['ndjson', 'csv']).default('ndjson'),
  order: z.enum(['newest', 'oldest']).default('newest'),
  /** Fields of the file; nothing: everything of a row. */
  fields: z.array(z.string().min(1).max(256)).max(100).optional(),
  limit: z.number().int().min(1).max(1_000_000).default(100_000),
});
export type LogExportRequest = z.infer<typeof LogExportRequest>;

/** `POST /api/logs/stats`: a query with pipes. The answer is a frame as that of `/api/query/text`. */
export const LogStatsRequest = Range.extend({
  /** Points of a `timechart` or `rate` without a span. */
  maxPoints: z.number().int().min(1).max(11_000).default(200),
});
export type LogStatsRequest = z.infer<typeof LogStatsRequest>;

/** `POST /api/logs/explain` takes the same; it says how a query is run, and what it costs. */
export type LogExplainAnswer = { readonly sql: readonly string[]; readonly rows: number; readonly stats: LogStats };
