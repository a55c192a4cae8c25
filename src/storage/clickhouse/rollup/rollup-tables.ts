import { partitionClauses } from '../schema/partitions.ts';
import type { TelemetryStore } from '../telemetry-store.ts';

const HOUR_MS = 3_600_000;
const MAX_SECONDS = 4_294_967_295;

/** The tables of rollups, from fine to coarse, and what a row of each covers, ms. */
export const ROLLUP_TABLES = [
  ['samples_5m', 300_000],
  ['samples_1h', HOUR_MS],
] as const;

/** Series of the store by `(family,id),…`, and a span of time in ms: `to` is not in it. */
export type SeriesSpan = { readonly pairs: string; readonly from: number; readonly to: number };

/** The span, widened to whole hours. */
export const wholeHours = ({ pairs, from, to }: SeriesSpan): SeriesSpan => ({
  pairs,
  from: Math.floor(from / HOUR_MS) * HOUR_MS,
  to: Math.ceil(to / HOUR_MS) * HOUR_MS,
});

/** Deletes the rows of a table of rollups that begin in the span. */
export async function eraseRollup(store: TelemetryStore, table: string, span: SeriesSpan): Promise<void> {
  const { pairs, from, to } = span;
  for (const partition of partitionClauses(from, to - 1, 'month')) {
    await store.command(
      `DELETE FROM nocmate.${table}${partition} WHERE (family, id) IN (${pairs}) AND t >= ${rowTime(from)} AND t < ${rowTime(to)}`,
    );
  }
}

const rowTime = (ms: number): string => `toDateTime(${Math.min(Math.max(0, Math.floor(ms / 1000)), MAX_SECONDS)})`;
