import type { Aggregation } from '../metric-query/query.ts';
import type { Labels } from '../model/labels.ts';

/** Series on one grid: `values[i]` are the values of `labels[i]`. */
export type GridSeries = { readonly labels: readonly Labels[]; readonly values: readonly Float64Array[] };

/**
 * Aggregates series of the same grid by the labels of `by` (absent = ''): NaN counts as absent, a step without any value
 * is NaN. Groups come in the order of their first series; empty labels are left out of a group's labels.
 */
export function aggregate(
  series: GridSeries,
  by: { readonly op: Aggregation; readonly by: readonly string[] },
): GridSeries {
  const groups = new Map<string, { labels: Labels; members: Float64Array[] }>();
  series.labels.forEach((labels, index) => {
    const key = JSON.stringify(by.by.map((name) => labels[name] ?? ''));
    const group = groups.get(key) ?? { labels: pick(labels, by.by), members: [] };
    group.members.push(series.values[index]!);
    groups.set(key, group);
  });
  const found = [...groups.values()];
  return { labels: found.map((group) => group.labels), values: found.map((group) => combine(by.op, group.members)) };
}

const pick = (labels: Labels, names: readonly string[]): Labels =>
  Object.fromEntries(names.flatMap((name) => (labels[name] ? [[name, labels[name]]] : [])));

/** Combines value i of every member into value i; all members have the same length. */
export function combine(op: Aggregation, members: readonly Float64Array[]): Float64Array {
  const points = members[0]?.length ?? 0;
  const out = new Float64Array(points).fill(Number.NaN);
  const counts = new Uint32Array(points);
  for (const member of members) {
    for (let i = 0; i < points; i++) {
      const value = member[i]!;
      if (Number.isNaN(value)) continue;
      out[i] = counts[i] === 0 ? value : fold(op, out[i]!, value);
      counts[i]!++;
    }
  }
  if (op === 'sum' || op === 'min' || op === 'max') return out;
  for (let i = 0; i < points; i++) {
    if (counts[i]! > 0) out[i] = op === 'count' ? counts[i]! : out[i]! / counts[i]!;
  }
  return out;
}

function fold(op: Aggregation, before: number, value: number): number {
  if (op === 'min') return Math.min(before, value);
  if (op === 'max') return Math.max(before, value);
  return before + value;
}
