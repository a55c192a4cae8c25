import { type AggFunc, aggFunc, average, countKnown, first, isEnough, sum } from './agg-func.ts';
import { queryError } from './query-error.ts';
import type { Series } from './series.ts';

/** The ways to merge points that `consolidateBy` accepts. */
export const CONSOLIDATIONS: readonly string[] = ['sum', 'average', 'avg', 'avg_zero', 'min', 'max', 'first', 'last'];

function consolidationOf(name: string): AggFunc {
  if (!CONSOLIDATIONS.includes(name)) throw queryError(`Invalid consolidation function: '${name}'`);
  return name === 'first' ? first : aggFunc(name);
}

/** The series with every `factor` points merged into one by its own consolidation function; the step grows. */
export function consolidate(series: Series, factor: number): Series {
  if (factor <= 1) return series;
  const merge = consolidationOf(series.consolidation);
  const { values, xFilesFactor } = series;
  const isMean = merge === average;
  const out =
    isMean || merge === sum ? addedUp(values, { factor, isMean, xFilesFactor }) : merged(series, factor, merge);
  return { ...series, step: series.step * factor, values: out };
}

function merged({ values, xFilesFactor }: Series, factor: number, merge: AggFunc): Float64Array {
  const out = new Float64Array(Math.ceil(values.length / factor));
  for (let i = 0; i < out.length; i++) {
    const bucket = values.subarray(i * factor, (i + 1) * factor);
    out[i] = isEnough(countKnown(bucket), factor, xFilesFactor) ? merge(bucket) : Number.NaN;
  }
  return out;
}

/** As {@link merged} with `sum` or `average`, the usual ones, without an array for each bucket. */
function addedUp(
  values: Float64Array,
  { factor, isMean, xFilesFactor }: { factor: number; isMean: boolean; xFilesFactor: number },
): Float64Array {
  const out = new Float64Array(Math.ceil(values.length / factor));
  for (let i = 0; i < out.length; i++) {
    const to = Math.min((i + 1) * factor, values.length);
    let total = Number.NaN;
    let count = 0;
    for (let at = i * factor; at < to; at++) {
      const value = values[at] as number;
      if (Number.isNaN(value)) continue;
      total = Number.isNaN(total) ? value : total + value;
      count++;
    }
    out[i] = isEnough(count, factor, xFilesFactor) ? total / (isMean ? count : 1) : Number.NaN;
  }
  return out;
}

/** Series on one grid: the least common multiple of the steps, from the first start to the last end. */
export type Normalized = {
  readonly list: readonly Series[];
  readonly start: number;
  readonly end: number;
  readonly step: number;
};

/** Brings series to a common step; undefined when there are none. Rows are matched by index, as Graphite does. */
export function normalize(list: readonly Series[]): Normalized | undefined {
  if (list.length === 0) return undefined;
  const step = list.map((series) => series.step).reduce(leastCommonMultiple);
  const start = list.reduce((least, series) => Math.min(least, series.start), Number.POSITIVE_INFINITY);
  const end = list.reduce((most, series) => Math.max(most, series.end), Number.NEGATIVE_INFINITY);
  const consolidated = list.map((series) => consolidate(series, Math.floor(step / series.step)));
  return { list: consolidated, start, end: end - ((end - start) % step), step };
}

function leastCommonMultiple(a: number, b: number): number {
  return (a / greatestCommonDivisor(a, b)) * b;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Values of rows after which other work of the thread may run. */
const ROWS_VALUES = 50_000;

/**
 * Calls `f` with the values of each row, into one array that is reused; a series that has ended counts as None. Other
 * work of the thread may run in between.
 */
export async function mapRows(
  list: readonly Series[],
  { breathe }: { readonly breathe: () => Promise<void> },
  f: (row: Float64Array) => number,
): Promise<Float64Array> {
  const columns = list.map((series) => series.values);
  const length = columns.reduce((max, column) => Math.max(max, column.length), 0);
  const out = new Float64Array(length);
  const row = new Float64Array(columns.length);
  let values = 0;
  for (let i = 0; i < length; i++) {
    for (let s = 0; s < columns.length; s++) {
      const column = columns[s] as Float64Array;
      row[s] = i < column.length ? (column[i] as number) : Number.NaN;
    }
    out[i] = f(row);
    values += row.length;
    if (values < ROWS_VALUES) continue;
    values = 0;
    await breathe();
  }
  return out;
}

/** Combines two series point by point on their common grid. */
export function zipWith(
  pair: readonly [Series, Series],
  f: (a: number, b: number) => number,
): Omit<Normalized, 'list'> & {
  readonly values: Float64Array;
} {
  const { list, start, end, step } = normalize(pair) as Normalized;
  const [a, b] = list.map((series) => series.values) as [Float64Array, Float64Array];
  const values = new Float64Array(Math.max(a.length, b.length));
  for (let i = 0; i < values.length; i++) values[i] = f(a[i] ?? Number.NaN, b[i] ?? Number.NaN);
  return { start, end, step, values };
}
