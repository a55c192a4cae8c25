import { fiveMinuteSelect } from '#storage/clickhouse/schema/statements.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { chunks } from './chunks.ts';
import { pairsLiteral } from './literal.ts';
import { rawTime } from './read-samples.ts';
import { WIDTH } from './resolution.ts';
import type { SeriesRef } from './series-source.ts';

/** What is deleted, both ends inclusive, and from when on raw samples are kept; ms. */
export type ErasedSpan = { readonly from: number; readonly to: number; readonly rawFrom: number };

const SERIES_PER_STATEMENT = 2_000;
const RAW_TABLES = ['samples', 'histograms', 'exemplars'] as const;
const ROLLUPS = [
  ['samples_5m', WIDTH['5m']],
  ['samples_1h', WIDTH['1h']],
] as const;
const HOUR_MS = WIDTH['1h'];
const DAY_MS = 24 * HOUR_MS;
/** From so many days on one statement takes the whole table. */
const MAX_DAYS = 3;
const MAX_SECONDS = 4_294_967_295;

/** Deletes the records of the series in the span, all of them without one. */
export async function eraseRows(
  store: TelemetryStore,
  refs: readonly SeriesRef[],
  span: ErasedSpan | undefined,
): Promise<void> {
  for (const list of chunks(refs, SERIES_PER_STATEMENT)) {
    const which = `(family, id) IN (${pairsLiteral(list)})`;
    if (span === undefined) {
      for (const table of [...RAW_TABLES, ...ROLLUPS.map(([name]) => name)]) {
        await store.command(`DELETE FROM nocmate.${table} WHERE ${which}`);
      }
      continue;
    }
    const time = `t >= ${rawTime(span.from)} AND t <= ${rawTime(span.to)}`;
    for (const day of daysOf(span)) {
      for (const table of RAW_TABLES) {
        await store.command(`DELETE FROM nocmate.${table}${day} WHERE ${which} AND ${time}`);
      }
    }
    if (span.from >= span.rawFrom) await rebuildRollups(store, which, span);
    else await eraseWholeRows(store, which, span);
  }
}

/** The partitions of a short span: a deletion looks at every part of the table, but for those that it leaves out. */
function daysOf({ from, to }: ErasedSpan): readonly string[] {
  const first = Math.floor(from / DAY_MS);
  const count = Math.floor(to / DAY_MS) - first + 1;
  if (count > MAX_DAYS) return [''];
  return Array.from({ length: count }, (_, i) => {
    const day = new Date((first + i) * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
    return ` IN PARTITION ID '${day}'`;
  });
}

/** Deletes the rows of all hours that the span touches, and makes them again of the samples that are left. */
async function rebuildRollups(store: TelemetryStore, which: string, { from, to }: ErasedSpan): Promise<void> {
  const begin = Math.floor(from / HOUR_MS) * HOUR_MS;
  const end = Math.ceil((to + 1) / HOUR_MS) * HOUR_MS;
  for (const [table] of ROLLUPS) await eraseRollup(store, table, `${which} AND ${rowTime(begin, end)}`);
  const left = `(SELECT family, id, t, m, e FROM nocmate.samples WHERE ${which} AND t >= ${rawTime(begin)} AND t < ${rawTime(end)})`;
  await store.command(
    `INSERT INTO nocmate.samples_5m (family, id, t, vmin, vmax, vsum, vcnt, vlast) ${fiveMinuteSelect(left)}`,
  );
}

/** Rows that the span covers only in part stay: nothing is left of which they could be made again. */
async function eraseWholeRows(store: TelemetryStore, which: string, { from, to }: ErasedSpan): Promise<void> {
  for (const [table, width] of ROLLUPS) {
    const begin = Math.ceil(from / width) * width;
    const end = Math.floor((to + 1) / width) * width;
    if (begin < end) await eraseRollup(store, table, `${which} AND ${rowTime(begin, end)}`);
  }
}

const eraseRollup = (store: TelemetryStore, table: string, where: string): Promise<void> =>
  store.command(`DELETE FROM nocmate.${table} WHERE ${where}`);

const rowTime = (begin: number, end: number): string => `t >= ${rollupTime(begin)} AND t < ${rollupTime(end)}`;

const rollupTime = (ms: number): string => `toDateTime(${Math.min(Math.max(0, Math.floor(ms / 1000)), MAX_SECONDS)})`;

/** Which of the series have records still. */
export async function remainingIds(store: TelemetryStore, refs: readonly SeriesRef[]): Promise<Set<bigint>> {
  const remaining = new Set<bigint>();
  for (const list of chunks(refs, SERIES_PER_STATEMENT)) {
    const which = `(family, id) IN (${pairsLiteral(list)})`;
    const parts = ['samples', 'histograms', ...ROLLUPS.map(([table]) => table)].map(
      (table) => `SELECT DISTINCT id FROM nocmate.${table} WHERE ${which}`,
    );
    const rows = await store.rows<{ id: string }>(parts.join(' UNION DISTINCT '));
    for (const { id } of rows) remaining.add(BigInt(id));
  }
  return remaining;
}
