import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { chunks } from './chunks.ts';
import { readStored } from './read-samples.ts';
import type { RawSeries, SeriesRef } from './series-source.ts';
import { consolidationStep, thin } from './thin.ts';

export type RecentOptions = {
  /** Beginning, ms since the epoch; the end is open. */
  readonly fromMs: number;
  readonly maxPoints?: number;
  readonly signal?: AbortSignal;
};

const DEFAULT_MAX_POINTS = 1000;
/** 2100-01-01. */
const END_OF_TIME_MS = 4_102_444_800_000;
const IDS_PER_STATEMENT = 10_000;

/**
 * What is stored of the series since `fromMs`, at most `maxPoints` a series: beyond that the last sample of each
 * equal step stays. Series known by id only (`family` 0, as the live tap announces them) are looked up first.
 */
export async function readRecent(
  store: TelemetryStore,
  refs: readonly SeriesRef[],
  options: RecentOptions,
): Promise<RawSeries[]> {
  const maxPoints = options.maxPoints ?? DEFAULT_MAX_POINTS;
  const range = { from: options.fromMs, to: END_OF_TIME_MS };
  const found = await readStored(store, await withFamilies(store, refs, options.signal), range, options.signal);
  return found.map((raw) => {
    const { series, t, v } = raw;
    if (t.length <= maxPoints) return raw;
    return { series, ...thin(t, v, consolidationStep(t.at(-1)! - t[0]!, maxPoints)) };
  });
}

async function withFamilies(
  store: TelemetryStore,
  refs: readonly SeriesRef[],
  signal?: AbortSignal,
): Promise<readonly SeriesRef[]> {
  const unknown = refs.filter((ref) => ref.family === 0).map((ref) => ref.id);
  if (unknown.length === 0) return refs;
  const families = new Map<string, number>();
  for (const ids of chunks(unknown, IDS_PER_STATEMENT)) {
    const sql = `SELECT DISTINCT id, family FROM nocmate.series WHERE id IN (${ids.join(',')})`;
    const rows = await store.rows<{ id: string; family: number }>(sql, signal === undefined ? undefined : { signal });
    for (const { id, family } of rows) families.set(id, family);
  }
  return refs.map(({ id, family, labels }) => ({ id, labels, family: family || (families.get(id.toString()) ?? 0) }));
}
