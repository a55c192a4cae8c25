import { AppError } from '#core/errors.ts';
import type { NativeHistogram } from '#core/model/histogram.ts';
import { canonicalKey, type Labels } from '#core/model/labels.ts';
import type { VectorSeries } from '#query/promql/value.ts';

/** A series of a vector while it is being made. */
export type Column = {
  readonly labels: Labels;
  readonly values: Float64Array;
  readonly present: Uint8Array;
  histograms?: (NativeHistogram | undefined)[];
  readonly dropName: boolean;
};

/** A column without samples. */
export const createColumn = (labels: Labels, count: number, dropName: boolean): Column => ({
  labels,
  values: new Float64Array(count),
  present: new Uint8Array(count),
  dropName,
});

/** Sets what a column holds at a step. */
export function setSample(column: Column, step: number, sample: number | NativeHistogram): void {
  column.present[step] = 1;
  if (typeof sample === 'number') {
    column.values[step] = sample;
    return;
  }
  column.histograms ??= Array.from({ length: column.present.length }, () => undefined);
  column.histograms[step] = sample;
}

/** What a series holds at a step at which it is present. */
export const sampleAt = (series: VectorSeries, step: number): number | NativeHistogram =>
  series.histograms?.[step] ?? (series.values[step] as number);

/** Whether a series has any sample. */
export const hasSamples = ({ present }: VectorSeries): boolean => present.includes(1);

/** The error of two series with equal labels at one step. */
const sameLabelset = (): AppError => new AppError('bad_query', 'vector cannot contain metrics with the same labelset');

/** Columns by their labels: samples of equal label sets come together, which must not meet at a step. */
export class ColumnSet {
  readonly #count: number;
  readonly #columns = new Map<string, Column>();

  constructor(count: number) {
    this.#count = count;
  }

  /** The column of these labels; `dropName` counts when it is new. */
  of(labels: Labels, dropName: boolean): Column {
    const key = canonicalKey(labels);
    let column = this.#columns.get(key);
    if (column === undefined) {
      column = createColumn(labels, this.#count, dropName);
      this.#columns.set(key, column);
    }
    return column;
  }

  /** The columns that have samples, in the order of their first labels. */
  filled(): Column[] {
    return [...this.#columns.values()].filter(hasSamples);
  }
}

/** Sets what a column holds at a step at which it must be empty. */
export function put(column: Column, step: number, sample: number | NativeHistogram): void {
  if (column.present[step] === 1) throw sameLabelset();
  setSample(column, step, sample);
}
