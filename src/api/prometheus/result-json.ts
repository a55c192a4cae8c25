import type { Labels } from '#core/model/labels.ts';
import type { EvaluatedValue } from '#query/promql/eval/index.ts';
import { toApiHistogram } from '#query/promql/histogram/index.ts';
import { formatValue } from '#query/promql/number-text.ts';
import type { SourceSeries } from '#query/promql/source.ts';
import type { Steps, VectorSeries } from '#query/promql/value.ts';

/** A value as JSON text and how many series it has. */
export type ResultJson = {
  readonly type: string;
  readonly size: number;
  readonly pieces: (limit: number) => Generator<string>;
};

/** The result of an instant query. */
export function instantResult(value: EvaluatedValue, time: number): ResultJson {
  const at = secondsText(time);
  switch (value.kind) {
    case 'string':
      return single('string', `[${at},${JSON.stringify(value.text)}]`);
    case 'scalar':
      return single('scalar', `[${at},"${formatValue(value.values[0] ?? Number.NaN)}"]`);
    case 'vector':
      return listOf(
        'vector',
        value.series.filter(({ present }) => present[0] === 1),
        (series) => instantSeries(series, at),
      );
    case 'matrix':
      return listOf('matrix', value.series, rawSeries);
  }
}

/** The result of a range query: a matrix whatever the value is. */
export function rangeResult(value: EvaluatedValue, steps: Steps): ResultJson {
  const times = Array.from({ length: steps.count }, (_, i) => secondsText(steps.start + i * steps.step));
  return listOf(
    'matrix',
    seriesOf(value).filter(({ present }) => present.includes(1)),
    (series) => rangeSeries(series, times),
  );
}

function seriesOf(value: EvaluatedValue): readonly VectorSeries[] {
  if (value.kind === 'vector') return value.series;
  if (value.kind !== 'scalar') return [];
  return [{ labels: {}, values: value.values, present: new Uint8Array(value.values.length).fill(1) }];
}

function single(type: string, text: string): ResultJson {
  return { type, size: 1, pieces: () => once(text) };
}

function* once(text: string): Generator<string> {
  yield text;
}

function listOf<T>(type: string, list: readonly T[], text: (item: T) => string): ResultJson {
  return {
    type,
    size: list.length,
    *pieces(limit) {
      yield '[';
      for (const [i, item] of list.slice(0, limit).entries()) yield (i === 0 ? '' : ',') + text(item);
      yield ']';
    },
  };
}

/** Seconds with at most three decimals, as Prometheus writes times. */
export const secondsText = (ms: number): string => String(ms / 1000);

const metricText = (labels: Labels): string => `{"metric":${JSON.stringify(labels)}`;

function instantSeries({ labels, values, histograms }: VectorSeries, at: string): string {
  const histogram = histograms?.[0];
  if (histogram !== undefined) {
    return `${metricText(labels)},"histogram":[${at},${JSON.stringify(toApiHistogram(histogram))}]}`;
  }
  return `${metricText(labels)},"value":[${at},"${formatValue(values[0] as number)}"]}`;
}

function rangeSeries({ labels, values, present, histograms }: VectorSeries, times: readonly string[]): string {
  if (histograms === undefined) return `${metricText(labels)},"values":[${floatPoints(values, present, times)}]}`;
  const list = new PointLists();
  for (let i = 0; i < present.length; i++) {
    if (present[i] === 1) list.add(times[i] as string, values[i] as number, histograms?.[i]);
  }
  return `${metricText(labels)}${list.text}}`;
}

/** The hot path of large answers. */
function floatPoints(values: Float64Array, present: Uint8Array, times: readonly string[]): string {
  let text = '';
  let before = '[';
  for (let i = 0; i < present.length; i++) {
    if (present[i] !== 1) continue;
    text += `${before}${times[i] as string},"${formatValue(values[i] as number)}"]`;
    before = ',[';
  }
  return text;
}

function rawSeries({ labels, samples: { t, v, histograms } }: SourceSeries): string {
  const list = new PointLists();
  for (let i = 0; i < t.length; i++) list.add(secondsText(t[i] as number), v[i] as number, histograms?.[i]);
  return `${metricText(labels)}${list.text}}`;
}

type Histogram = Parameters<typeof toApiHistogram>[0];

/** The points of one series of a matrix: floats and histograms stand in lists of their own. */
class PointLists {
  #values = '';
  #histograms = '';

  add(at: string, value: number, histogram: Histogram | undefined): void {
    if (histogram === undefined) this.#values += `${this.#values === '' ? '' : ','}[${at},"${formatValue(value)}"]`;
    else
      this.#histograms += `${this.#histograms === '' ? '' : ','}[${at},${JSON.stringify(toApiHistogram(histogram))}]`;
  }

  get text(): string {
    const values = this.#values === '' ? '' : `,"values":[${this.#values}]`;
    return this.#histograms === '' ? values : `${values},"histograms":[${this.#histograms}]`;
  }
}
