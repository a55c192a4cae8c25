import type { NativeHistogram } from '#core/model/histogram.ts';
import { meanOfHistograms, sumOfHistograms } from '#query/promql/histogram/index.ts';
import { type Column, setSample } from './column.ts';
import type { Reducer, ReducerOptions } from './reducer.ts';

/** Sums of floats at every step, with what rounding lost (Kahan–Babuška–Neumaier), as Prometheus sums. */
type FloatSums = {
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly lost: Float64Array;
  /** 1 where the sum would overflow, so that `sums` holds the running mean (`avg`). */
  readonly isMean: Uint8Array;
};

/** `sum` and `avg` of floats or of histograms; a mix of both has no result. */
export function sumReducer({ op, count, annotate }: ReducerOptions): Reducer {
  const floats: FloatSums = {
    counts: new Float64Array(count),
    sums: new Float64Array(count),
    lost: new Float64Array(count),
    isMean: new Uint8Array(count),
  };
  const histogramsAt: NativeHistogram[][] = [];
  const addFloat = op === 'avg' ? addToMean : addToSum;
  return {
    add: ({ values, present, histograms }) => {
      if (histograms === undefined && op === 'sum') {
        addSeries(floats, values, present);
        return;
      }
      for (let step = 0; step < count; step++) {
        if (present[step] !== 1) continue;
        const histogram = histograms?.[step];
        if (histogram === undefined) addFloat(floats, step, values[step] as number);
        else (histogramsAt[step] ??= []).push(histogram);
      }
    },
    finish: (column) => {
      finishFloats(floats, column, op === 'avg');
      histogramsAt.forEach((histograms, step) => finishHistograms(histograms, { column, step }, { op, annotate }));
    },
  };
}

/** {@link addToSum} for every step: the hot path of most aggregations. */
function addSeries({ counts, sums, lost }: FloatSums, values: Float64Array, present: Uint8Array): void {
  for (let step = 0; step < present.length; step++) {
    if (present[step] !== 1) continue;
    counts[step] = (counts[step] as number) + 1;
    const value = values[step] as number;
    const sum = sums[step] as number;
    const next = sum + value;
    if (Math.abs(next) === Infinity) lost[step] = 0;
    else if (Math.abs(sum) >= Math.abs(value)) lost[step] = (lost[step] as number) + (sum - next + value);
    else lost[step] = (lost[step] as number) + (value - next + sum);
    sums[step] = next;
  }
}

function addToSum({ counts, sums, lost }: FloatSums, step: number, value: number): void {
  counts[step] = (counts[step] as number) + 1;
  const sum = sums[step] as number;
  const next = sum + value;
  if (Math.abs(next) === Infinity) lost[step] = 0;
  else if (Math.abs(sum) >= Math.abs(value)) lost[step] = (lost[step] as number) + (sum - next + value);
  else lost[step] = (lost[step] as number) + (value - next + sum);
  sums[step] = next;
}

/** Adds up as long as the sum does not overflow, and then goes on with the running mean. */
function addToMean(floats: FloatSums, step: number, value: number): void {
  const { counts, sums, lost, isMean } = floats;
  const n = (counts[step] as number) + 1;
  const overflows = n > 1 && isMean[step] === 0 && Math.abs((sums[step] as number) + value) === Infinity;
  if (!overflows && isMean[step] === 0) {
    addToSum(floats, step, value);
    return;
  }
  if (overflows) {
    isMean[step] = 1;
    sums[step] = (sums[step] as number) / (n - 1);
    lost[step] = (lost[step] as number) / (n - 1);
  }
  const weight = (n - 1) / n;
  sums[step] = weight * (sums[step] as number);
  lost[step] = weight * (lost[step] as number);
  addToSum(floats, step, value / n);
}

function finishFloats(
  { counts, sums, lost, isMean }: FloatSums,
  { values, present }: Column,
  isAverage: boolean,
): void {
  for (let step = 0; step < counts.length; step++) {
    const n = counts[step] as number;
    if (n === 0) continue;
    present[step] = 1;
    const divisor = isAverage && isMean[step] === 0 ? n : 1;
    values[step] = (sums[step] as number) / divisor + (lost[step] as number) / divisor;
  }
}

function finishHistograms(
  histograms: readonly NativeHistogram[],
  { column, step }: { readonly column: Column; readonly step: number },
  { op, annotate }: Pick<ReducerOptions, 'op' | 'annotate'>,
): void {
  if (column.present[step] === 1) {
    column.present[step] = 0;
    annotate('warn', 'encountered a mix of histograms and floats for aggregation');
    return;
  }
  const total = op === 'avg' ? meanOfHistograms(histograms) : sumOfHistograms(histograms);
  if (total === undefined) {
    annotate(
      'warn',
      'vector contains a mix of histograms with exponential and custom buckets schemas for metric name ""',
    );
    return;
  }
  if (total.resetCollision) annotate('warn', 'conflicting counter resets during histogram aggregation');
  if (total.boundsReconciled) annotate('info', 'mismatched custom buckets were reconciled during aggregation');
  setSample(column, step, total.histogram);
}
