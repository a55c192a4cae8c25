const SAMPLE = 256;

/**
 * The sampling interval of one series in ms: the median distance of its points (of at most the last 256), which a few
 * gaps do not move. 0 when there are fewer than two points. `t` is sorted.
 */
export function inferInterval(t: Float64Array): number {
  const first = Math.max(1, t.length - SAMPLE);
  const distances = new Float64Array(Math.max(0, t.length - first));
  for (let i = first; i < t.length; i++) distances[i - first] = t[i]! - t[i - 1]!;
  distances.sort();
  return distances[(distances.length - 1) >> 1] ?? 0;
}
