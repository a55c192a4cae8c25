import type { NativeHistogram } from '#core/model/histogram.ts';
import { isResetBetween } from '#query/promql/histogram/index.ts';
import type { SourceSeries } from '#query/promql/source.ts';

/** Whether only counts and sums of the histograms of a selector are asked for; not to be asked for any more inside it. */
export type StatsUse = 'no' | 'yes' | 'never';

const OF_STATS = new Set(['histogram_count', 'histogram_sum', 'histogram_avg']);
const OF_BUCKETS = new Set(['histogram_quantile', 'histogram_fraction']);

/** The use of histograms inside a call, from that around it (Prometheus, promql/engine.go: detectHistogramStatsDecoding). */
export function statsUseOf(name: string, around: StatsUse): StatsUse {
  if (around === 'never' || OF_BUCKETS.has(name)) return 'never';
  return OF_STATS.has(name) ? 'yes' : around;
}

/**
 * Where only counts and sums are asked for, Prometheus tells resets from one sample to the next as it reads: histograms
 * without a hint get one, so that sums and means can note that the resets of their series differ.
 */
export function withResetHints({ labels, samples }: SourceSeries): SourceSeries {
  if (samples.histograms === undefined) return { labels, samples };
  let previous: NativeHistogram | undefined;
  const histograms = samples.histograms.map((histogram) => {
    const hinted = histogram && hintedAfter(previous, histogram);
    previous = histogram;
    return hinted;
  });
  return { labels, samples: { ...samples, histograms } };
}

function hintedAfter(previous: NativeHistogram | undefined, histogram: NativeHistogram): NativeHistogram {
  if (previous === undefined || histogram.resetHint !== 'unknown') return histogram;
  return { ...histogram, resetHint: isResetBetween(previous, histogram) ? 'reset' : 'no_reset' };
}
