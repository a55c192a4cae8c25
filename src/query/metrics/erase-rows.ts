import { eraseRollup, ROLLUP_TABLES } from '#storage/clickhouse/rollup/rollup-tables.ts';
import type { Rollups } from '#storage/clickhouse/rollup/rollups.ts';
import { partitionClauses } from '#storage/clickhouse/schema/partitions.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { chunks } from './chunks.ts';
import { pairsLiteral } from './literal.ts';
import { rawTime } from './read-samples.ts';
import type { SeriesRef } from './series-source.ts';

/** What is deleted, both ends inclusive, and from when on raw samples are kept; ms. */
export type ErasedSpan = { readonly from: number; readonly to: number; readonly rawFrom: number };

export type EraseTools = { readonly store: TelemetryStore; readonly rollups: Pick<Rollups, 'rollUp' | 'rebuild'> };

const SERIES_PER_STATEMENT = 2_000;
const RAW_TABLES = ['samples', 'histograms', 'exemplars'] as const;

/** Deletes the records of the series in the span, all of them without one. */
export async function eraseRows(
  { store, rollups }: EraseTools,
  refs: readonly SeriesRef[],
  span: ErasedSpan | undefined,
): Promise<void> {
  const isRaw = span !== undefined && span.from >= span.rawFrom;
  // Nothing deleted comes into the rollups later.
  if (!isRaw) await rollups.rollUp();
  for (const list of chunks(refs, SERIES_PER_STATEMENT)) {
    const pairs = pairsLiteral(list);
    if (span === undefined) await eraseWhole(store, pairs);
    else if (isRaw) {
      await rollups.rebuild({ pairs, from: span.from, to: span.to + 1 }, () => eraseRaw(store, pairs, span));
    } else {
      await eraseRaw(store, pairs, span);
      await eraseWholeRows(store, pairs, span);
    }
  }
}

async function eraseWhole(store: TelemetryStore, pairs: string): Promise<void> {
  for (const table of [...RAW_TABLES, ...ROLLUP_TABLES.map(([name]) => name)]) {
    await store.command(`DELETE FROM nocmate.${table} WHERE (family, id) IN (${pairs})`);
  }
}

async function eraseRaw(store: TelemetryStore, pairs: string, { from, to }: ErasedSpan): Promise<void> {
  const which = `(family, id) IN (${pairs}) AND t >= ${rawTime(from)} AND t <= ${rawTime(to)}`;
  for (const day of partitionClauses(from, to, 'day')) {
    for (const table of RAW_TABLES) await store.command(`DELETE FROM nocmate.${table}${day} WHERE ${which}`);
  }
}

/** Rows that the span covers only in part stay: nothing is left of which they could be made again. */
async function eraseWholeRows(store: TelemetryStore, pairs: string, span: ErasedSpan): Promise<void> {
  for (const [table, width] of ROLLUP_TABLES) {
    const [from, to] = [Math.ceil(span.from / width) * width, Math.floor((span.to + 1) / width) * width];
    if (from < to) await eraseRollup(store, table, { pairs, from, to });
  }
}

/** Which of the series have records still. */
export async function remainingIds(store: TelemetryStore, refs: readonly SeriesRef[]): Promise<Set<bigint>> {
  const remaining = new Set<bigint>();
  for (const list of chunks(refs, SERIES_PER_STATEMENT)) {
    const which = `(family, id) IN (${pairsLiteral(list)})`;
    const parts = ['samples', 'histograms', ...ROLLUP_TABLES.map(([table]) => table)].map(
      (table) => `SELECT DISTINCT id FROM nocmate.${table} WHERE ${which}`,
    );
    const rows = await store.rows<{ id: string }>(parts.join(' UNION DISTINCT '));
    for (const { id } of rows) remaining.add(BigInt(id));
  }
  return remaining;
}
