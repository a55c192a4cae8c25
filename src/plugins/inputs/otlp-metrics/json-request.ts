import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { Attributes, Double, parseJsonBody } from '#core/otlp/json-values.ts';
import { NO_RECORDED_VALUE, type OtlpMetric, type ResourceMetrics } from './export-request.ts';
import { Integer, Milliseconds, Temporality } from './json-values.ts';

const Exemplar = z
  .object({
    filteredAttributes: Attributes,
    timeUnixNano: Milliseconds,
    asDouble: Double.optional(),
    asInt: Integer.optional(),
    traceId: z.string().default(''),
    spanId: z.string().default(''),
  })
  .transform(({ filteredAttributes: attributes, timeUnixNano: t, asDouble, asInt, traceId, spanId }) => {
    return { attributes, t, v: asDouble ?? asInt ?? 0, traceId: traceId.toLowerCase(), spanId: spanId.toLowerCase() };
  });
const Exemplars = z.array(Exemplar).default([]);

const POINT = { attributes: Attributes, timeUnixNano: Milliseconds, flags: z.int().default(0) };
const TOTALS = { count: Integer.default(0), sum: Double.optional() };

type PointFields = { readonly timeUnixNano: number; readonly flags: number };
const common = ({ timeUnixNano, flags }: PointFields): { t: number; hasNoValue: boolean } => ({
  t: timeUnixNano,
  hasNoValue: (flags & NO_RECORDED_VALUE) !== 0,
});

const NumberPoint = z
  .object({ ...POINT, asDouble: Double.optional(), asInt: Integer.optional(), exemplars: Exemplars })
  .transform(({ attributes, exemplars, asDouble, asInt, ...rest }) => {
    return { kind: 'number' as const, attributes, exemplars, v: asDouble ?? asInt, ...common(rest) };
  });

const HistogramPoint = z
  .object({
    ...POINT,
    ...TOTALS,
    bucketCounts: z.array(Integer).default([]),
    explicitBounds: z.array(Double).default([]),
    exemplars: Exemplars,
  })
  .transform(({ attributes, exemplars, count, sum, bucketCounts, explicitBounds: bounds, ...rest }) => {
    return { kind: 'histogram' as const, attributes, exemplars, count, sum, bucketCounts, bounds, ...common(rest) };
  });

const Buckets = z
  .object({ offset: z.int32().default(0), bucketCounts: z.array(Integer).default([]) })
  .transform(({ offset, bucketCounts: counts }) => ({ offset, counts }))
  .default({ offset: 0, counts: [] });

const ExponentialPoint = z
  .object({
    ...POINT,
    ...TOTALS,
    scale: z.int32().default(0),
    zeroCount: Integer.default(0),
    zeroThreshold: Double.default(0),
    positive: Buckets,
    negative: Buckets,
    exemplars: Exemplars,
  })
  .transform(({ timeUnixNano, flags, sum, ...rest }) => {
    return { kind: 'exponential' as const, sum, ...rest, ...common({ timeUnixNano, flags }) };
  });

const Quantile = z
  .object({ quantile: Double.default(0), value: Double.default(0) })
  .transform(({ quantile, value: v }) => ({ quantile, v }));

const SummaryPoint = z
  .object({ ...POINT, ...TOTALS, quantileValues: z.array(Quantile).default([]) })
  .transform(({ attributes, count, sum = 0, quantileValues: quantiles, ...rest }) => {
    return { kind: 'summary' as const, attributes, count, sum, quantiles, ...common(rest) };
  });

const plain = <Point extends z.ZodType>(point: Point) =>
  z.object({ dataPoints: z.array(point).default([]) }).optional();
const aggregated = <Point extends z.ZodType>(point: Point) =>
  z.object({ dataPoints: z.array(point).default([]), aggregationTemporality: Temporality }).optional();

const Metric = z
  .object({
    name: z.string().default(''),
    description: z.string().default(''),
    unit: z.string().default(''),
    gauge: plain(NumberPoint),
    sum: z
      .object({
        dataPoints: z.array(NumberPoint).default([]),
        aggregationTemporality: Temporality,
        isMonotonic: z.boolean().default(false),
      })
      .optional(),
    histogram: aggregated(HistogramPoint),
    exponentialHistogram: aggregated(ExponentialPoint),
    summary: plain(SummaryPoint),
  })
  .transform(({ name, description, unit, ...data }): OtlpMetric[] => {
    const base = { name, description, unit, isMonotonic: false, temporality: 'cumulative' as const };
    const { gauge, sum, histogram, exponentialHistogram, summary } = data;
    const of = (found: { aggregationTemporality: OtlpMetric['temporality'] }): Pick<OtlpMetric, 'temporality'> => ({
      temporality: found.aggregationTemporality,
    });
    if (gauge) return [{ ...base, kind: 'gauge', points: gauge.dataPoints }];
    if (sum) return [{ ...base, kind: 'sum', ...of(sum), isMonotonic: sum.isMonotonic, points: sum.dataPoints }];
    if (histogram) return [{ ...base, kind: 'histogram', ...of(histogram), points: histogram.dataPoints }];
    if (exponentialHistogram) {
      const { dataPoints: points } = exponentialHistogram;
      return [{ ...base, kind: 'exponentialHistogram', ...of(exponentialHistogram), points }];
    }
    return summary ? [{ ...base, kind: 'summary', points: summary.dataPoints }] : [];
  });

const ScopeMetrics = z.object({ metrics: z.array(Metric).default([]) });

/** `ExportMetricsServiceRequest` in OTLP's JSON; unknown fields are ignored, as the protocol asks. */
const ExportRequest = z.object({
  resourceMetrics: z
    .array(
      z
        .object({
          resource: z.object({ attributes: Attributes }).optional(),
          scopeMetrics: z.array(ScopeMetrics).default([]),
        })
        .transform(({ resource, scopeMetrics }): ResourceMetrics => {
          return {
            attributes: resource?.attributes ?? [],
            metrics: scopeMetrics.flatMap(({ metrics }) => metrics.flat()),
          };
        }),
    )
    .default([]),
});

/** Decodes an `ExportMetricsServiceRequest` in JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). Throws `bad_request`. */
export function decodeJson(bytes: Uint8Array): ResourceMetrics[] {
  const result = ExportRequest.safeParse(parseJsonBody(bytes));
  if (result.success) return result.data.resourceMetrics;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new AppError('bad_request', `the body is no ExportMetricsServiceRequest: ${where}: ${issue?.message ?? ''}`);
}
