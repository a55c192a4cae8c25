/** A time range [from, to) in ms. */
export type TimeSpan = readonly [from: number, to: number];

/** The same times as spans in order that neither overlap nor touch. */
export function mergedSpans(spans: readonly TimeSpan[]): TimeSpan[] {
  const merged: [number, number][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else if (from < to) merged.push([from, to]);
  }
  return merged;
}
