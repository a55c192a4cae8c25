import { canonicalKey, type Labels } from '../model/labels.ts';
import type { MetricType } from '../model/metric-metadata.ts';
import { type ExposedExemplar, type ExposedSeries, ExpositionError } from './exposition.ts';
import { HistogramRules } from './histogram-rules.ts';
import { parseNumber } from './number-text.ts';

/** One sample line of OpenMetrics. */
export type Reading = {
  readonly series: ExposedSeries;
  readonly v: number;
  readonly seconds: number | undefined;
  readonly exemplar: ExposedExemplar | undefined;
};

const COUNTER_LIKE = new Set(['_total', '_sum', '_count', '_bucket', '_gcount', '_gsum']);

/**
 * The rules of OpenMetrics 1.0 beyond its syntax: names that clash, units, labels and values of each type, grouping, order
 * of timestamps, histograms. Methods throw {@link ExpositionError}.
 */
export class FamilyRules {
  readonly #names = new Set<string>();
  #groups = new Set<string>();
  #group: string | undefined;
  #groupSeconds: number | undefined;
  #groupSamples = new Set<ExposedSeries>();
  #histogram: HistogramRules | undefined;

  /** False for a second sample of a series at the same time (to the nanosecond), which is left out. */
  sample(reading: Reading, family: { name: string; type: MetricType }, line: number): boolean {
    const { series, exemplar } = reading;
    const suffix = series.name.slice(family.name.length);
    const problem =
      labelProblem(reading, family, suffix) ??
      valueProblem(reading, family.type, suffix) ??
      (exemplar !== undefined && !mayHaveExemplar(family.type, suffix)
        ? 'only buckets and counters can have exemplars'
        : undefined);
    if (problem !== undefined) throw new ExpositionError(line, problem);
    const key = groupKey(series, family);
    const seconds = nanoseconds(reading.seconds);
    const isNew = this.#enterGroup(key, { series, seconds, type: family.type, line });
    if (isNew && family.type.endsWith('histogram')) {
      this.#histogram ??= new HistogramRules(family.name);
      this.#histogram.sample({ suffix, group: `${key}@${seconds}`, v: reading.v, le: series.labels['le'] }, line);
    }
    return isNew;
  }

  /** The family is complete. */
  end(family: { name: string; type: MetricType; unit: string; suffixes: readonly string[] }, line: number): void {
    const { name, type, unit, suffixes } = family;
    for (const suffix of new Set([...suffixes, ''])) {
      if (this.#names.has(name + suffix))
        throw new ExpositionError(line, `the name ${name}${suffix} is used by two metrics`);
      this.#names.add(name + suffix);
    }
    if (unit !== '' && !name.endsWith(`_${unit}`))
      throw new ExpositionError(line, `${name} does not end with its unit ${unit}`);
    if (unit !== '' && (type === 'info' || type === 'stateset'))
      throw new ExpositionError(line, `${name}: a metric of the type ${type} has no unit`);
    this.#histogram?.end(line);
    this.#histogram = undefined;
    this.#groups = new Set();
    this.#group = undefined;
    this.#groupSeconds = undefined;
    this.#groupSamples = new Set();
  }

  #enterGroup(
    key: string,
    {
      series,
      seconds,
      type,
      line,
    }: { series: ExposedSeries; seconds: number | undefined; type: MetricType; line: number },
  ): boolean {
    if (key !== this.#group) {
      if (this.#groups.has(key)) throw new ExpositionError(line, 'samples of one group do not stand together');
      this.#groups.add(key);
      this.#group = key;
      this.#groupSamples = new Set();
    } else {
      const before = this.#groupSeconds;
      if ((seconds === undefined) !== (before === undefined))
        throw new ExpositionError(line, 'only some samples of the group have a timestamp');
      if (seconds !== undefined && before !== undefined && before > seconds && type !== 'info') {
        throw new ExpositionError(line, 'timestamps go back within a group');
      }
    }
    const isNew = seconds !== this.#groupSeconds || !this.#groupSamples.has(series);
    this.#groupSamples.add(series);
    this.#groupSeconds = seconds;
    return isNew;
  }
}

/** What is wrong with the labels of a sample. */
function labelProblem(
  { series, v }: Reading,
  { name, type }: { name: string; type: MetricType },
  suffix: string,
): string | undefined {
  const { labels } = series;
  if (type === 'stateset' && !(name in labels)) return `a sample of the stateset ${name} needs the label ${name}`;
  if (suffix === '_bucket' && !isNumberLabel(labels['le'])) return 'the label le is not a number';
  if ((suffix === '_bucket' || suffix === '_count' || suffix === '_gcount') && !Number.isInteger(v))
    return 'a count must be a whole number';
  if (type !== 'summary' || suffix !== '') return undefined;
  const quantile = isNumberLabel(labels['quantile']) ? Number(labels['quantile']) : Number.NaN;
  return quantile >= 0 && quantile <= 1 ? undefined : 'the label quantile is not a number from 0 to 1';
}

/** True for a number other than NaN; infinity has one spelling only. */
function isNumberLabel(text: string | undefined): boolean {
  const value = text === undefined ? undefined : parseNumber(text);
  if (value === undefined || Number.isNaN(value)) return false;
  return value !== Number.POSITIVE_INFINITY || text === '+Inf';
}

function valueProblem({ v }: Reading, type: MetricType, suffix: string): string | undefined {
  if (type === 'stateset' && v !== 0 && v !== 1) return 'a sample of a stateset can only be 0 or 1';
  if (type === 'info' && v !== 1) return 'a sample of an info can only be 1';
  if (type === 'summary' && suffix === '' && v < 0) return 'a quantile cannot be negative';
  if (!COUNTER_LIKE.has(suffix)) return undefined;
  if (Number.isNaN(v)) return 'a sample that counts cannot be NaN';
  return v < 0 && suffix !== '_gsum' ? 'a sample that counts cannot be negative' : undefined;
}

function mayHaveExemplar(type: MetricType, suffix: string): boolean {
  return type === 'counter' ? suffix === '_total' : type.endsWith('histogram') && suffix === '_bucket';
}

/** The labels that samples of one group share. */
function groupKey(series: ExposedSeries, { name, type }: { name: string; type: MetricType }): string {
  if (type === 'info') return '';
  const without = labelOutside(series.name, name, type);
  if (series.group === undefined || series.group.without !== without) {
    series.group = { without, key: keyWithout(series.labels, without) };
  }
  return series.group.key;
}

/** The label that tells samples within a group apart. */
function labelOutside(sampleName: string, name: string, type: MetricType): string | undefined {
  if (type === 'stateset') return name;
  if (type === 'summary') return sampleName === name ? 'quantile' : undefined;
  return sampleName === `${name}_bucket` ? 'le' : undefined;
}

function keyWithout(labels: Labels, without: string | undefined): string {
  if (without === undefined || !(without in labels)) return canonicalKey(labels);
  const rest = { ...labels };
  delete rest[without];
  return canonicalKey(rest);
}

/** Seconds cut off behind nanoseconds. */
function nanoseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined || Number.isInteger(seconds) ? seconds : Math.trunc(seconds * 1e9) / 1e9;
}
