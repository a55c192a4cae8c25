/** The step (ms) at which a span has at most `maxPoints` steps. */
export function consolidationStep(spanMs: number, maxPoints: number): number {
  return Math.max(1, Math.ceil(spanMs / Math.max(1, maxPoints - 1)));
}

/** The last point of each step; `t` sorted, ms. */
export function thin(t: Float64Array, v: Float64Array, step: number): { t: Float64Array; v: Float64Array } {
  const keep: number[] = [];
  for (let i = 0; i < t.length; i++) {
    if (i + 1 === t.length || Math.floor(t[i + 1]! / step) !== Math.floor(t[i]! / step)) keep.push(i);
  }
  return { t: Float64Array.from(keep, (i) => t[i]!), v: Float64Array.from(keep, (i) => v[i]!) };
}
