import { canonicalKey, type Labels } from '#core/model/labels.ts';
import type { CallContext } from '#query/promql/function-def.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { badBucketLabel, mixedClassicNative } from './annotation-text.ts';
import type { ClassicBucket } from './classic-buckets.ts';
import { floatAt } from './float-series.ts';
import { metricOf } from './window-samples.ts';
import { withLabel } from './with-label.ts';

const BUCKET_LABEL = 'le';

/** The series of one histogram: classic buckets by their bound, and the native histogram of the same labels. */
export type HistogramGroup = {
  /** Without `le`. */
  readonly labels: Labels;
  readonly buckets: readonly { readonly upper: number; readonly series: VectorSeries }[];
  readonly native?: VectorSeries;
};

/** Groups the series of a vector; notes floats without a bound. */
export function groupHistograms(
  series: readonly VectorSeries[],
  context: CallContext,
  argument: number,
): readonly HistogramGroup[] {
  const groups = new Map<
    string,
    { labels: Labels; buckets: HistogramGroup['buckets'][number][]; native?: VectorSeries }
  >();
  const groupOf = (labels: Labels) => {
    const key = canonicalKey(labels);
    const group = groups.get(key) ?? { labels, buckets: [] };
    groups.set(key, group);
    return group;
  };
  for (const each of series) {
    if (each.histograms?.some((histogram) => histogram !== undefined)) groupOf(each.labels).native = each;
    if (!each.present.some((_, i) => floatAt(each, i) !== undefined)) continue;
    const text = each.labels[BUCKET_LABEL] ?? '';
    const upper = parseBound(text);
    if (upper === undefined) context.annotate('warn', badBucketLabel(metricOf(each.labels), text), argument);
    else groupOf(withLabel(each.labels, BUCKET_LABEL, '')).buckets.push({ upper, series: each });
  }
  return [...groups.values()];
}

/** A float as Go's strconv reads it; undefined when it is none. */
function parseBound(text: string): number | undefined {
  const infinity = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (infinity !== null) return infinity[1] === '-' ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return NaN;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/** What a group has at a step: classic buckets, a native histogram, or nothing; notes both and takes neither. */
export function histogramAt(
  group: HistogramGroup,
  step: number,
  context: CallContext,
  argument: number,
): { readonly classic: readonly ClassicBucket[] } | { readonly native: NonNullable<NativeAt> } | undefined {
  const classic: ClassicBucket[] = [];
  for (const { upper, series } of group.buckets) {
    const count = floatAt(series, step);
    if (count !== undefined) classic.push({ upper, count });
  }
  const native: NativeAt = group.native?.present[step] === 1 ? group.native.histograms?.[step] : undefined;
  if (native === undefined) return classic.length === 0 ? undefined : { classic };
  if (classic.length === 0) return { native };
  context.annotate('warn', mixedClassicNative(metricOf(group.labels)), argument);
  return undefined;
}

type NativeAt = NonNullable<VectorSeries['histograms']>[number];
