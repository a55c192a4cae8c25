import { z } from 'zod';
import { MetricQuery } from '../metric-query/query-schema.ts';
import type { Labels } from '../model/labels.ts';
import type { MetricKind } from '../plugin/metric.ts';

/** Which table a range was read from; `5m` and `1h` are rollups. */
export type Resolution = 'raw' | '5m' | '1h';

/** `POST /api/query/range`. Times in ms since the epoch. The answer is a frame with a {@link RangeHeader}. */
export const RangeRequest = z.strictObject({
  query: MetricQuery,
  from: z.number(),
  to: z.number(),
  /** Points wanted per series; the server picks the step (1-2-5 steps of s, min, h). */
  maxPoints: z.number().int().min(1).max(11_000).default(600),
  /** A series that would be the (limit + 1)th is left out and `truncated` says so. */
  limit: z.number().int().min(1).max(5_000).default(500),
});
export type RangeRequest = z.infer<typeof RangeRequest>;

/** One series of a range answer, with its statistics over the values of the answer (null when it has none). */
export type RangeSeries = { readonly sid: string; readonly labels: Labels };

/**
 * Header of a range answer. Columns: for each series `avg` f64[n], then, when `band` is true, `min` f64[n] and
 * `max` f64[n]; n = `points`, value i belongs to `start + i * step`, NaN = no data.
 */
export type RangeHeader = {
  readonly type: 'range';
  readonly start: number;
  readonly step: number;
  readonly points: number;
  readonly resolution: Resolution;
  readonly band: boolean;
  readonly series: readonly RangeSeries[];
  readonly truncated: boolean;
  readonly unit: string;
  /** How the answer was made: for "explain". */
  readonly stats: { readonly seriesMatched: number; readonly samplesRead: number; readonly ms: number };
};

/** `GET /api/query/label-names`, `/api/query/label-values`, `/api/query/series`, `/api/query/paths` share these. */
export const DiscoveryRequest = z.object({
  /** Metric-query text that narrows the answer: `{host="a"}`. */
  match: z.string().optional(),
  label: z.string().optional(),
  prefix: z.string().optional(),
  /** Path tree: the parent node, '' for the roots. */
  parent: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(200),
});
export type DiscoveryRequest = z.infer<typeof DiscoveryRequest>;

export type PathNode = {
  readonly node: string;
  readonly path: string;
  readonly leaf: boolean;
  readonly branch: boolean;
};

/** `GET /api/query/metrics`: the metrics of label series, by name. */
export const MetricListRequest = z.object({
  prefix: z.string().optional(),
  /** Text anywhere in the name, in any case. */
  search: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(500),
});
export type MetricListRequest = z.infer<typeof MetricListRequest>;

/** A metric of the catalogue; `kind` is absent where the sender did not say. */
export type MetricSummary = {
  readonly name: string;
  readonly kind?: MetricKind;
  readonly unit: string;
  readonly series: number;
};
