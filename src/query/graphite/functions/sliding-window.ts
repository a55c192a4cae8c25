import { AppError } from '#core/errors.ts';
import { aggFunc, isEnough, known } from '#query/graphite/agg-func.ts';

/** Steps that windows of one series may take when each is gone through on its own. */
const MAX_STEPS = 500_000_000;

type Combine = (a: number, b: number) => number;

const add: Combine = (a, b) => a + b;
const FOLDS: ReadonlyMap<string, Combine> = new Map([
  ['sum', add],
  ['total', add],
  ['average', add],
  ['avg', add],
  ['min', Math.min],
  ['max', Math.max],
]);

/** How windows are combined. */
export type WindowOptions = { readonly points: number; readonly func: string; readonly xFilesFactor: number };

/** The aggregate of each window of `points` values: that which ends with value `points` first, then with each later one. */
export function slidingAggregate(values: Float64Array, { points, func, xFilesFactor }: WindowOptions): Float64Array {
  const out = new Float64Array(Math.max(0, values.length - points));
  const counts = windowFold(
    values.map((value) => (Number.isNaN(value) ? 0 : 1)),
    points,
    add,
  );
  const short = func.endsWith('Series') ? func.slice(0, -'Series'.length) : func;
  const fold = FOLDS.get(short);
  const isMedian = short === 'median';
  const folded = fold === undefined ? undefined : windowFold(values, points, fold);
  const rolling = isMedian ? windowMedian(values, points) : folded;
  const aggregate = aggFunc(func);
  if (folded === undefined && out.length * points > MAX_STEPS) {
    throw new AppError(
      'limit_rows',
      `a moving ${func} over ${points} points is too much work for this range: shorten one of them`,
    );
  }
  for (let i = 0; i < out.length; i++) {
    const count = counts[i + 1] || 0;
    if (!isEnough(count, points, xFilesFactor)) out[i] = Number.NaN;
    else if (rolling === undefined) out[i] = aggregate(known(values.subarray(i + 1, i + 1 + points)));
    else out[i] = (rolling[i + 1] as number) / (short === 'average' || short === 'avg' ? count : 1);
  }
  return out;
}

/**
 * Folds every window of `size` values in linear time and without subtracting, so that no precision is lost (van Herk
 * and Gil–Werman: prefixes and suffixes of blocks of the window's size). Item i is of the window that starts at i.
 */
function windowFold(values: Float64Array, size: number, combine: Combine): Float64Array {
  const { length } = values;
  if (size <= 0) return new Float64Array(length + 1).fill(Number.NaN);
  const prefix = new Float64Array(length);
  const suffix = new Float64Array(length);
  const join: Combine = (a, b) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : combine(a, b));
  for (let i = 0; i < length; i++) {
    const value = values[i] as number;
    prefix[i] = i % size === 0 ? value : join(prefix[i - 1] as number, value);
  }
  for (let i = length - 1; i >= 0; i--) {
    const value = values[i] as number;
    const isBlockEnd = i === length - 1 || i % size === size - 1;
    suffix[i] = isBlockEnd ? value : join(value, suffix[i + 1] as number);
  }
  const out = new Float64Array(Math.max(0, length - size + 1));
  for (let i = 0; i < out.length; i++) {
    out[i] = i % size === 0 ? (suffix[i] as number) : join(suffix[i] as number, prefix[i + size - 1] as number);
  }
  return out;
}

/** The median of every window, from a sorted copy of the window that is kept up to date. Item i starts at i. */
function windowMedian(values: Float64Array, size: number): Float64Array {
  const sorted = new Float64Array(size);
  const out = new Float64Array(Math.max(0, values.length - size + 1)).fill(Number.NaN);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const dropped = values[i - size] ?? Number.NaN;
    if (!Number.isNaN(dropped)) {
      sorted.copyWithin(lowerBound(sorted, count, dropped), lowerBound(sorted, count, dropped) + 1, count);
      count--;
    }
    const value = values[i] as number;
    if (!Number.isNaN(value)) {
      const at = lowerBound(sorted, count, value);
      sorted.copyWithin(at + 1, at, count);
      sorted[at] = value;
      count++;
    }
    const middle = count >> 1;
    const upper = sorted[middle] ?? Number.NaN;
    if (i >= size - 1 && count > 0)
      out[i - size + 1] = count % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
  }
  return out;
}

/** Where a value stands, or would stand, in the first `count` sorted values. */
function lowerBound(sorted: Float64Array, count: number, value: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
