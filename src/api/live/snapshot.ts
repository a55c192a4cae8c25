import type { TapBatch } from '#core/live-tap.ts';
import type { RawSeries } from '#query/metrics/series-source.ts';
import { consolidationStep, thin } from '#query/metrics/thin.ts';

export type SnapshotColumns = { readonly counts: number[]; readonly t: Float64Array; readonly v: Float64Array };

/** What a snapshot shows: times in ms, at most `maxPoints` a series. */
export type SnapshotWindow = { readonly fromMs: number; readonly spanMs: number; readonly maxPoints: number };

/**
 * The columns of a snapshot: for each series its stored samples and then the received ones, in time order, one sample
 * a time (the received one stays), within the window. `stored[i]` belongs to the series at position i.
 */
export function snapshotColumns(
  stored: readonly (RawSeries | undefined)[],
  recent: TapBatch,
  { fromMs, spanMs, maxPoints }: SnapshotWindow,
): SnapshotColumns {
  const received = groupByIndex(recent, stored.length, fromMs);
  const step = consolidationStep(spanMs, maxPoints);
  const merged = stored.map((series, i) => {
    const { t, v } = mergeSamples(series, received[i] ?? []);
    return t.length > maxPoints ? thin(t, v, step) : { t, v };
  });
  const total = merged.reduce((sum, { t }) => sum + t.length, 0);
  const columns = { counts: merged.map(({ t }) => t.length), t: new Float64Array(total), v: new Float64Array(total) };
  let offset = 0;
  for (const { t, v } of merged) {
    columns.t.set(t, offset);
    columns.v.set(v, offset);
    offset += t.length;
  }
  return columns;
}

type Point = readonly [t: number, v: number];

function groupByIndex({ index, t, v }: TapBatch, series: number, fromMs: number): Point[][] {
  const groups: Point[][] = Array.from({ length: series }, () => []);
  for (let i = 0; i < index.length; i++) {
    const time = t[i] ?? Number.NaN;
    if (time >= fromMs) groups[index[i] ?? -1]?.push([time, v[i] ?? Number.NaN]);
  }
  return groups;
}

function mergeSamples(stored: RawSeries | undefined, received: readonly Point[]): { t: Float64Array; v: Float64Array } {
  if (received.length === 0) return stored ?? { t: new Float64Array(0), v: new Float64Array(0) };
  const byTime = new Map<number, number>();
  stored?.t.forEach((t, i) => byTime.set(t, stored.v[i] ?? Number.NaN));
  for (const [t, v] of received) byTime.set(t, v);
  const t = Float64Array.from(byTime.keys()).sort();
  return { t, v: t.map((time) => byTime.get(time) ?? Number.NaN) };
}
