import type { Matcher } from '#core/metric-query/query.ts';
import type { Labels } from '#core/model/labels.ts';

/** A series as the catalogue knows it. `id` is the 64-bit identity, `family` its locality key (see docs/adr). */
export type SeriesRef = { readonly id: bigint; readonly family: number; readonly labels: Labels };

export type TimeRange = { readonly from: number; readonly to: number };

/** Raw samples of one series in time order, t in ms; duplicates of one t removed (the last written stays). */
export type RawSeries = { readonly series: SeriesRef; readonly t: Float64Array; readonly v: Float64Array };

export type SelectOptions = { readonly range?: TimeRange; readonly limit: number; readonly signal?: AbortSignal };

export type PathMatch = { readonly path: string; readonly leaf: boolean };

/** Discovery over the catalogue; every language selects through this. */
export type SeriesCatalogue = {
  /** Series that satisfy all matchers (`__path__` = Graphite glob). Throws `limit_series` beyond `limit`. */
  readonly select: (matchers: readonly Matcher[], options: SelectOptions) => Promise<readonly SeriesRef[]>;
  /** Nodes of the Graphite tree that match a glob with any of `*`, `?`, `[a-z]`, `{a,b}` in its nodes. */
  readonly findPaths: (glob: string, options: SelectOptions) => Promise<readonly PathMatch[]>;
  readonly labelNames: (matchers: readonly Matcher[], options: SelectOptions) => Promise<readonly string[]>;
  readonly labelValues: (
    label: string,
    matchers: readonly Matcher[],
    options: SelectOptions & { readonly prefix?: string },
  ) => Promise<readonly string[]>;
};
