import type { VectorSeries } from '#query/promql/value.ts';
import { type Column, createColumn, sampleAt, setSample } from './column.ts';

/** Samples that were taken from series as they are; the series stand in the order in which they were first taken. */
export class Selection {
  readonly #count: number;
  readonly #columns = new Map<VectorSeries, Column>();

  constructor(count: number) {
    this.#count = count;
  }

  take(series: VectorSeries, step: number): void {
    let column = this.#columns.get(series);
    if (column === undefined) {
      column = createColumn(series.labels, this.#count, series.dropName === true);
      this.#columns.set(series, column);
    }
    setSample(column, step, sampleAt(series, step));
  }

  series(): Column[] {
    return [...this.#columns.values()];
  }
}
