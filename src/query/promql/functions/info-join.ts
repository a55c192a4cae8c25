import { AppError } from '#core/errors.ts';
import type { Matcher } from '#core/metric-query/query.ts';
import { canonicalKey, type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { compileMatchers } from './matchers.ts';
import { mergeSameLabels } from './merge-series.ts';
import { metricOf } from './window-samples.ts';

type Options = {
  /** Matchers for labels to add; none: all. */
  readonly data: readonly Matcher[];
  /** Keys of the series that stay as they are. */
  readonly plain: ReadonlySet<string>;
  readonly count: number;
};

/** For each step, the latest info series by metric and identifying labels. */
type InfoAt = (step: number) => ReadonlyMap<string, VectorSeries>;

/**
 * Every series with the data labels of the info series that fit it at each step. The values of info series are the times of
 * their samples: the latest wins. `bad_query` for two at the same time and for data labels that contradict each other.
 */
export function enrich(
  base: readonly VectorSeries[],
  info: readonly VectorSeries[],
  options: Options,
): readonly VectorSeries[] {
  const metrics = [...new Set(info.map(({ labels }) => metricOf(labels)))];
  const infoAt = latestInfo(info);
  const wanted = new Set(options.data.map(({ label }) => label));
  const mayLack = compileMatchers(options.data)('');
  const enriched = base.flatMap((series) => {
    if (options.plain.has(canonicalKey(series.labels))) return [series];
    return splitByLabels(series, options.count, (step) => {
      const fitting = metrics
        .map((metric) => infoAt(step).get(signatureOf(metric, series.labels)))
        .filter((found) => found !== undefined);
      if (fitting.length === 0) return mayLack ? series.labels : undefined;
      return labelsWith(series.labels, fitting, wanted);
    });
  });
  return mergeSameLabels(enriched);
}

function signatureOf(metric: string, { instance = '', job = '' }: Labels): string {
  return JSON.stringify([metric, instance, job]);
}

function latestInfo(info: readonly VectorSeries[]): InfoAt {
  const steps = new Map<number, ReadonlyMap<string, VectorSeries>>();
  return (step) => {
    const known = steps.get(step) ?? latestAt(info, step);
    steps.set(step, known);
    return known;
  };
}

function latestAt(info: readonly VectorSeries[], step: number): ReadonlyMap<string, VectorSeries> {
  const latest = new Map<string, VectorSeries>();
  for (const series of info) {
    if (series.present[step] !== 1) continue;
    if (series.histograms?.[step] !== undefined) throw new AppError('bad_query', 'info sample should be float');
    const signature = signatureOf(metricOf(series.labels), series.labels);
    const other = latest.get(signature);
    const [time, otherTime] = [series.values[step] as number, other?.values[step] ?? -Infinity];
    if (other !== undefined && time === otherTime) {
      const names = `${canonicalKey(other.labels)} and ${canonicalKey(series.labels)}`;
      throw new AppError('bad_query', `found duplicate series for info metric: ${names}, both at ${time}`);
    }
    if (time > otherTime) latest.set(signature, series);
  }
  return latest;
}

/** The labels with those that info series add: the wanted ones, or all when none is named. */
function labelsWith(base: Labels, info: readonly VectorSeries[], wanted: ReadonlySet<string>): Labels {
  const added: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { labels } of info) {
    for (const [label, value] of Object.entries(labels)) {
      if (label === NAME_LABEL || (wanted.size > 0 && !wanted.has(label))) continue;
      if (added[label] !== undefined && added[label] !== value) {
        throw new AppError('bad_query', `conflicting label: ${label}`);
      }
      if (base[label] === undefined) added[label] = value;
    }
  }
  return Object.assign(Object.create(null) as Record<string, string>, base, added);
}

/** The series cut into one for each label set that it has over the steps. */
function splitByLabels(
  series: VectorSeries,
  count: number,
  labelsAt: (step: number) => Labels | undefined,
): readonly VectorSeries[] {
  const parts = new Map<string, VectorSeries>();
  for (let i = 0; i < count; i++) {
    const labels = series.present[i] === 1 ? labelsAt(i) : undefined;
    if (labels === undefined) continue;
    const key = canonicalKey(labels);
    const part = parts.get(key) ?? { ...series, labels, present: new Uint8Array(count) };
    parts.set(key, part);
    part.present[i] = 1;
  }
  return [...parts.values()];
}
