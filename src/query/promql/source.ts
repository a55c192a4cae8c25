import type { Matcher } from '#core/metric-query/query.ts';
import type { Exemplar } from '#core/model/exemplar.ts';
import type { Labels } from '#core/model/labels.ts';
import type { MetricMetadata } from '#core/model/metric-metadata.ts';
import type { RawSamples, Steps, VectorSeries } from './value.ts';

/** Both ends inclusive, ms. */
export type Interval = { readonly from: number; readonly to: number };

export type SourceOptions = { readonly signal: AbortSignal };

export type SourceSeries = { readonly labels: Labels; readonly samples: RawSamples };

/** Functions of a matrix selector that a source may evaluate itself. */
export type PushedFunction = 'rate' | 'increase' | 'delta' | 'irate' | 'idelta' | `${OverTime}_over_time`;
type OverTime = 'avg' | 'min' | 'max' | 'sum' | 'count' | 'last';

/** A selector, or a function over a matrix selector, at steps that already have its offset and `@` in them; ms. */
export type Pushdown = {
  readonly matchers: readonly Matcher[];
  readonly steps: Steps;
  /** Undefined: the last value within the lookback. */
  readonly fn: PushedFunction | undefined;
  /** Range of the matrix selector, or the lookback: the window of a step is (t − window, t]. */
  readonly window: number;
};

/** What PromQL reads from. Series without samples in the interval are absent; labels have no empty values. */
export type PromSource = {
  /** Raw records in the interval. Throws `limit_rows`, `limit_series`, `bad_query`, `limit_time`. */
  readonly select: (
    matchers: readonly Matcher[],
    interval: Interval,
    options: SourceOptions,
  ) => Promise<readonly SourceSeries[]>;
  /**
   * The answer of a pushed-down selector, bit for bit what the evaluator would find, or undefined when this source
   * cannot (histograms among the samples, too few samples to be worth it): the evaluator then selects. Labels keep the name.
   */
  readonly pushdown?: (pushed: Pushdown, options: SourceOptions) => Promise<readonly VectorSeries[] | undefined>;
  /** Label sets of the series that any of the selectors match. */
  readonly series: (
    selectors: readonly (readonly Matcher[])[],
    interval: Interval,
    options: SourceOptions & { readonly limit: number },
  ) => Promise<readonly Labels[]>;
  readonly labelNames: (
    selectors: readonly (readonly Matcher[])[],
    interval: Interval,
    options: SourceOptions & { readonly limit: number },
  ) => Promise<readonly string[]>;
  readonly labelValues: (
    label: string,
    selectors: readonly (readonly Matcher[])[],
    interval: Interval,
    options: SourceOptions & { readonly limit: number },
  ) => Promise<readonly string[]>;
  readonly metadata: (metric: string | undefined, limit: number) => Promise<readonly MetricMetadata[]>;
  readonly exemplars: (
    selectors: readonly (readonly Matcher[])[],
    interval: Interval,
    options: SourceOptions,
  ) => Promise<readonly { readonly labels: Labels; readonly exemplars: readonly Exemplar[] }[]>;
};
