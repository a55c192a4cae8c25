import type { LiveSeries } from '#core/api/live.ts';
import type { MetricQuery } from '#core/metric-query/query.ts';
import type { Labels } from '#core/model/labels.ts';
import { aggregate } from '#core/series-math/aggregate.ts';
import { evaluateSeries } from '#core/series-math/evaluate.ts';
import type { Grid } from '#core/series-math/grid.ts';
import { inferInterval } from '#core/series-math/interval.ts';
import { meanOf } from './statistics.ts';

/** Samples come a little irregularly: only a change of this factor is another interval. */
const CHANGED = 1.5;

/** Samples of one series in time order, ms. */
export type Samples = { readonly t: Float64Array; readonly v: Float64Array };

/** Where raw samples come from: a live feed. */
export type SampleFeed = { readonly series: readonly LiveSeries[]; readonly rings: readonly Samples[] };

const NONE: Samples = { t: new Float64Array(0), v: new Float64Array(0) };

/**
 * The values of one query on a moving grid, computed from raw samples by the server's own functions. After the first
 * pass only the end of the grid that new samples touched is computed anew.
 */
export class LiveColumns {
  readonly #query: MetricQuery;
  readonly #feed: SampleFeed;
  #grid: Grid = { start: 0, step: 1, points: 0 };
  #intervals: number[] = [];
  /** Which of the evaluated columns are kept, when not all. */
  #kept: readonly number[] | undefined;
  #dirtyFrom = Number.POSITIVE_INFINITY;
  /** Which series are evaluated: all of an aggregate, else those that are drawn. */
  #members: readonly number[] = [];
  labels: readonly Labels[] = [];
  values: Float64Array[] = [];
  /** Series that the query has, drawn or not. */
  total = 0;

  constructor(query: MetricQuery, feed: SampleFeed) {
    this.#query = query;
    this.#feed = feed;
  }

  /** The longest sampling interval, ms: a finer grid would only repeat values. */
  get interval(): number {
    return longest(this.#intervals);
  }

  /** True when samples have come that tell another interval than the values are computed with. */
  hasNewInterval(): boolean {
    const now = longest(this.#feed.rings.map(({ t }) => inferInterval(t)));
    return now > this.interval * CHANGED || now * CHANGED < this.interval;
  }

  /** Starts anew: the set of series changed. At most `limit` series, the greatest, are kept. */
  reset(grid: Grid, limit: number): void {
    const { series, rings } = this.#feed;
    this.#intervals = rings.map(({ t }) => inferInterval(t));
    this.#members = series.map((_, index) => index);
    this.#kept = undefined;
    this.#grid = grid;
    const { labels, values } = this.#evaluate(grid, series);
    this.labels = labels;
    this.values = values;
    this.total = labels.length;
    if (this.total > limit) this.#keepGreatest(limit);
    this.#dirtyFrom = Number.POSITIVE_INFINITY;
  }

  /** A sample of this time arrived, ms. */
  touch(t: number): void {
    if (t < this.#dirtyFrom) this.#dirtyFrom = t;
  }

  /** Moves to a later grid of the same step and length and computes what is new. */
  advance(grid: Grid): void {
    const { start, step, points } = this.#grid;
    const shift = Math.round((grid.start - start) / step);
    const wanted = Math.min(this.#dirtyFrom, start + (points - 1) * step);
    const from = Math.max(grid.start, Math.floor(wanted / step) * step);
    this.#grid = grid;
    this.#dirtyFrom = Number.POSITIVE_INFINITY;
    if (shift > 0) for (const column of this.values) column.copyWithin(0, shift);
    const first = Math.round((from - grid.start) / step);
    const tail = this.#evaluate({ start: from, step, points: points - first }, this.#feed.series);
    this.values.forEach((column, index) => {
      const computed = tail.values[this.#kept?.[index] ?? index];
      if (computed !== undefined) column.set(computed, first);
    });
  }

  #evaluate(grid: Grid, series: readonly LiveSeries[]): { labels: readonly Labels[]; values: Float64Array[] } {
    const { fn, aggregate: by } = this.#query;
    const labels = this.#members.map((index) => series[index]?.labels ?? {});
    const values = this.#members.map((index) => {
      const interval = this.#intervals[index] ?? 0;
      const { t, v } = since(this.#feed.rings[index] ?? NONE, grid.start);
      return evaluateSeries(fn, t, v, grid, interval);
    });
    if (by === undefined) return { labels, values };
    const groups = aggregate({ labels, values }, by);
    return { labels: groups.labels, values: [...groups.values] };
  }

  #keepGreatest(limit: number): void {
    const kept = greatest(this.values, limit);
    this.labels = kept.map((index) => this.labels[index] as Labels);
    this.values = kept.map((index) => this.values[index] as Float64Array);
    if (this.#query.aggregate === undefined) this.#members = kept;
    else this.#kept = kept;
  }
}

function longest(intervals: readonly number[]): number {
  return intervals.reduce((most, interval) => Math.max(most, interval), 0);
}

/** Indexes of the columns with the greatest mean, in their given order, so that a line keeps its place. */
export function greatest(columns: readonly Float64Array[], limit: number): number[] {
  const ranked = columns.map((column, index) => ({ index, mean: meanOf(column) }));
  ranked.sort((a, b) => b.mean - a.mean || a.index - b.index);
  return ranked
    .slice(0, limit)
    .map(({ index }) => index)
    .sort((a, b) => a - b);
}

/** The samples from `t` on and the two before it: what a value at `t` may still depend on. */
function since({ t, v }: Samples, from: number): Samples {
  let low = 0;
  let high = t.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((t[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  const first = Math.max(0, low - 2);
  return first === 0 ? { t, v } : { t: t.subarray(first), v: v.subarray(first) };
}
