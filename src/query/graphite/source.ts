import type { Labels } from '#core/model/labels.ts';

/** A stored series on a grid: value i is of `start + i * step` (seconds); NaN = None. */
export type FetchedSeries = {
  readonly name: string;
  readonly tags: Labels;
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly values: Float64Array;
};

export type FetchRequest = {
  /** A path glob, or `seriesByTag` expressions (`name=x`, `host=~a.*`). */
  readonly pattern: string | { readonly tagExpressions: readonly string[] };
  /** Seconds; as Graphite: points after `from` up to and with `until`. */
  readonly from: number;
  readonly until: number;
  /** Hint for resolution; undefined = the finest that limits allow. */
  readonly maxDataPoints?: number;
  readonly signal?: AbortSignal;
};

/** What the Graphite language needs of storage. Given to the evaluator, so that it is tested without a store. */
export type GraphiteSource = {
  readonly fetch: (request: FetchRequest) => Promise<readonly FetchedSeries[]>;
  readonly find: (
    glob: string,
    options: { readonly from?: number; readonly until?: number; readonly signal?: AbortSignal },
  ) => Promise<readonly { readonly path: string; readonly leaf: boolean }[]>;
};
