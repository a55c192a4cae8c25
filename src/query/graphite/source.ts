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

/** Something that happened, as graphite-web's events API shows it. */
export type GraphiteEvent = {
  /** The same for ever; at most 2^53. */
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly t: number;
  readonly what: string;
  readonly tags: readonly string[];
  readonly data: string;
};

export type EventQuestion = {
  /** Seconds, both ends included. */
  readonly from: number;
  readonly until: number;
  readonly id?: number;
  /** Any (`union`) or all of them (`intersection`); without `set` all that some event has. Absent = every event. */
  readonly tags?: readonly string[];
  readonly set?: 'union' | 'intersection';
  readonly signal?: AbortSignal;
};

export type TagQuestion = {
  /** Tag expressions that the series must satisfy. */
  readonly expressions: readonly string[];
  readonly prefix?: string;
  /** An RE2 expression that must match from the beginning. */
  readonly filter?: string;
  readonly limit: number;
  readonly signal?: AbortSignal;
};

/** A value of a tag and the number of series that have it. */
export type TagValue = { readonly value: string; readonly count: number };

/** Discovery by tags; everything comes sorted. */
export type TagIndex = {
  readonly names: (question: TagQuestion) => Promise<readonly string[]>;
  readonly values: (tag: string, question: TagQuestion) => Promise<readonly TagValue[]>;
  /** Names `name;tag=value` of the series. Throws `limit_series` beyond the limit. */
  readonly series: (question: Pick<TagQuestion, 'expressions' | 'limit' | 'signal'>) => Promise<readonly string[]>;
};

/** What the Graphite language needs of storage. Given to the evaluator, so that it is tested without a store. */
export type GraphiteSource = {
  readonly fetch: (request: FetchRequest) => Promise<readonly FetchedSeries[]>;
  readonly find: (
    glob: string,
    options: { readonly from?: number; readonly until?: number; readonly signal?: AbortSignal },
  ) => Promise<readonly { readonly path: string; readonly leaf: boolean }[]>;
  /** Events, oldest first; a source without them has none. */
  readonly events?: (question: EventQuestion) => Promise<readonly GraphiteEvent[]>;
  readonly tags?: TagIndex;
};
