/** Share of all distances from which on one is a column's habit and no exception. */
const HABIT = 0.2;
/** Neighbours further apart than so many times the usual distance have a gap between them. */
const REACH = 1.5;

/** How many points lie between neighbouring values of a column at most, by habit: 1 = every point has one. */
export function paceOf(column: Float64Array): number {
  const distances = new Map<number, number>();
  let last = -1;
  let all = 0;
  for (let i = 0; i < column.length; i++) {
    if (Number.isNaN(column[i] as number)) continue;
    if (last >= 0) {
      all++;
      if (i - last > 1) distances.set(i - last, (distances.get(i - last) ?? 0) + 1);
    }
    last = i;
  }
  let pace = 1;
  for (const [distance, count] of distances) if (count >= all * HABIT && distance > pace) pace = distance;
  return pace;
}

/** The longest distance, in points, of values of this pace that belong together. */
export function reachOf(pace: number): number {
  return pace * REACH;
}

/**
 * A column that comes more seldom than the points of its chart, with straight lines between its values, and its last
 * value as long as the next one is not late: what a stack counts with. The column itself when it has every point.
 */
export function bridged(column: Float64Array, pace: number): Float64Array {
  if (pace === 1) return column;
  const out = Float64Array.from(column);
  const reach = reachOf(pace);
  let last = -1;
  for (let i = 0; i < out.length; i++) {
    const value = column[i] as number;
    if (Number.isNaN(value)) continue;
    const distance = i - last;
    if (last >= 0 && distance > 1 && distance <= reach) {
      const from = column[last] as number;
      for (let j = 1; j < distance; j++) out[last + j] = from + ((value - from) * j) / distance;
    }
    last = i;
  }
  if (last >= 0) out.fill(column[last] as number, last + 1, last + pace);
  return out;
}
