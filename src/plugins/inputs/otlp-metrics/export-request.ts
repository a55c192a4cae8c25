import type { Attribute } from '#core/otlp/any-value.ts';

/**
 * What both encodings of OTLP metrics are decoded to (opentelemetry-proto, metrics/v1/metrics.proto): only what is used.
 * Times are in ms since the epoch, 0 = not given; attribute values are text.
 */
export type OtlpExemplar = {
  readonly attributes: readonly Attribute[];
  readonly t: number;
  readonly v: number;
  /** Lower-case hex, '' = none. */
  readonly traceId: string;
  readonly spanId: string;
};

type PointBase = {
  readonly attributes: readonly Attribute[];
  readonly t: number;
  /** NO_RECORDED_VALUE: the series has ended. */
  readonly hasNoValue: boolean;
};

export type NumberPoint = PointBase & {
  readonly kind: 'number';
  readonly v: number | undefined;
  readonly exemplars: readonly OtlpExemplar[];
};

export type HistogramPoint = PointBase & {
  readonly kind: 'histogram';
  readonly count: number;
  readonly sum: number | undefined;
  readonly bucketCounts: readonly number[];
  readonly bounds: readonly number[];
  readonly exemplars: readonly OtlpExemplar[];
};

/** Counts of consecutive buckets, the first of which has this index. */
export type ExponentialBuckets = { readonly offset: number; readonly counts: readonly number[] };

export type ExponentialPoint = PointBase & {
  readonly kind: 'exponential';
  readonly count: number;
  readonly sum: number | undefined;
  readonly scale: number;
  readonly zeroCount: number;
  readonly zeroThreshold: number;
  readonly positive: ExponentialBuckets;
  readonly negative: ExponentialBuckets;
  readonly exemplars: readonly OtlpExemplar[];
};

export type SummaryPoint = PointBase & {
  readonly kind: 'summary';
  readonly count: number;
  readonly sum: number;
  readonly quantiles: readonly { readonly quantile: number; readonly v: number }[];
};

export type OtlpPoint = NumberPoint | HistogramPoint | ExponentialPoint | SummaryPoint;

export const TEMPORALITIES = ['unspecified', 'delta', 'cumulative'] as const;
export type Temporality = (typeof TEMPORALITIES)[number];

export type MetricKind = 'gauge' | 'sum' | 'histogram' | 'exponentialHistogram' | 'summary';

export type OtlpMetric = {
  readonly name: string;
  readonly description: string;
  /** UCUM. */
  readonly unit: string;
  readonly kind: MetricKind;
  readonly isMonotonic: boolean;
  /** `cumulative` for kinds that have none. */
  readonly temporality: Temporality;
  readonly points: readonly OtlpPoint[];
};

export type ResourceMetrics = { readonly attributes: readonly Attribute[]; readonly metrics: readonly OtlpMetric[] };

/** Bit 0 of the flags of a point. */
export const NO_RECORDED_VALUE = 1;
const NANOSECONDS = 1_000_000n;

/** Nanoseconds since the epoch to ms. */
export function millisecondsOf(nanoseconds: bigint): number {
  return Number(nanoseconds / NANOSECONDS);
}
