import type { Grid } from './grid.ts';

/** The functions on differences of neighbouring points. */
export type DifferenceFunction = 'rate' | 'increase' | 'delta';

/**
 * The difference of each point to the one before (NaN for the first, and where either is NaN is skipped: the last value
 * before counts). `increase` and `rate` take a lower value for a counter reset, so that the new value is the increase;
 * `rate` is per second. `t` in ms, sorted; irregular distances are fine. Pairs further apart than `maxGap` give NaN.
 */
export function differences(
  fn: DifferenceFunction,
  t: Float64Array,
  v: Float64Array,
  maxGap = Number.POSITIVE_INFINITY,
): Float64Array {
  const out = new Float64Array(t.length).fill(Number.NaN);
  let previous = -1;
  for (let i = 0; i < t.length; i++) {
    if (Number.isNaN(v[i]!)) continue;
    if (previous >= 0 && t[i]! - t[previous]! <= maxGap && t[i]! > t[previous]!) {
      const change = difference(fn, v[previous]!, v[i]!);
      out[i] = fn === 'rate' ? (change * 1000) / (t[i]! - t[previous]!) : change;
    }
    previous = i;
  }
  return out;
}

/** Per second, between neighbouring points; see {@link differences}. */
export const rate = (t: Float64Array, v: Float64Array, maxGap?: number): Float64Array =>
  differences('rate', t, v, maxGap);

/** Growth of a counter between neighbouring points, resets counted; see {@link differences}. */
export const increase = (t: Float64Array, v: Float64Array, maxGap?: number): Float64Array =>
  differences('increase', t, v, maxGap);

/** Change of a gauge between neighbouring points; see {@link differences}. */
export const delta = (t: Float64Array, v: Float64Array, maxGap?: number): Float64Array =>
  differences('delta', t, v, maxGap);

/**
 * Differences on a grid, exact for irregular points: the change between two points is spread evenly over the time
 * between them, so the increases of all steps add up to the whole, and a rate is the increase of a step divided by its
 * covered time. Steps that no pair of points covers are NaN; pairs further apart than `maxGap` cover nothing.
 */
export function differencesOnGrid(
  fn: DifferenceFunction,
  t: Float64Array,
  v: Float64Array,
  grid: Grid,
  maxGap = Number.POSITIVE_INFINITY,
): Float64Array {
  const sums = new Float64Array(grid.points);
  const covered = new Float64Array(grid.points);
  let previous = -1;
  for (let i = 0; i < t.length; i++) {
    if (Number.isNaN(v[i]!)) continue;
    if (previous >= 0 && t[i]! - t[previous]! <= maxGap && t[i]! > t[previous]!) {
      const change = difference(fn, v[previous]!, v[i]!);
      spread(sums, covered, grid, t[previous]!, t[i]!, change);
    }
    previous = i;
  }
  for (let i = 0; i < grid.points; i++) {
    if (covered[i] === 0) sums[i] = Number.NaN;
    else if (fn === 'rate') sums[i] = (sums[i]! * 1000) / covered[i]!;
  }
  return sums;
}

function difference(fn: DifferenceFunction, before: number, after: number): number {
  return fn !== 'delta' && after < before ? after : after - before;
}

function spread(sums: Float64Array, covered: Float64Array, grid: Grid, from: number, to: number, change: number): void {
  const first = Math.max(0, Math.floor((from - grid.start) / grid.step));
  const last = Math.min(grid.points - 1, Math.ceil((to - grid.start) / grid.step) - 1);
  for (let i = first; i <= last; i++) {
    const begin = Math.max(from, grid.start + i * grid.step);
    const end = Math.min(to, grid.start + (i + 1) * grid.step);
    sums[i]! += (change * (end - begin)) / (to - from);
    covered[i]! += end - begin;
  }
}
