import type { Grid } from './grid.ts';

/** How the points of one step become one value. */
export type Consolidation = 'avg' | 'min' | 'max' | 'last' | 'sum' | 'count';

/**
 * Puts the points of one series (`t` sorted, ms; NaN = no value) on a grid. A step without points is NaN, except that a
 * point stays valid for `hold` ms (its own sampling interval) and fills a step that it covers by more than half: so slower
 * or jittering series have no holes, and a missed point is still a gap. Sums and counts are never held.
 */
export function consolidate(
  t: Float64Array,
  v: Float64Array,
  grid: Grid,
  options: { readonly how?: Consolidation; readonly hold?: number } = {},
): Float64Array {
  const how = options.how ?? 'avg';
  const hold = how === 'sum' || how === 'count' ? 0 : (options.hold ?? 0);
  const out = new Float64Array(grid.points).fill(Number.NaN);
  let at = 0;
  let last = -1;
  for (let i = 0; i < grid.points; i++) {
    const from = grid.start + i * grid.step;
    const to = from + grid.step;
    while (at < t.length && t[at]! < from) last = at++;
    const first = at;
    while (at < t.length && t[at]! < to) at++;
    const value = reduceSpan(v, first, at, how);
    if (!Number.isNaN(value)) out[i] = value;
    else if (first === at && last >= 0 && from + grid.step / 2 < t[last]! + hold) out[i] = v[last]!;
    if (at > first) last = at - 1;
  }
  return out;
}

/** One value of `v[from..to)`; NaN when there is none. */
function reduceSpan(v: Float64Array, from: number, to: number, how: Consolidation): number {
  let sum = 0;
  let count = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let last = Number.NaN;
  for (let i = from; i < to; i++) {
    const value = v[i]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
    last = value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (count === 0) return Number.NaN;
  switch (how) {
    case 'avg':
      return sum / count;
    case 'min':
      return min;
    case 'max':
      return max;
    case 'last':
      return last;
    case 'sum':
      return sum;
    case 'count':
      return count;
  }
}
