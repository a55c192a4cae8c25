import type { Matcher } from '#core/metric-query/query.ts';
import type { Labels } from '#core/model/labels.ts';
import type { Clock } from '#io/clock.ts';
import { InTurn } from '#io/in-turn.ts';
import type { Interval } from '#query/promql/source.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { type Catalogue, whole } from './catalogue.ts';
import { eraseFromCatalogue } from './erase-catalogue.ts';
import { type ErasedSpan, type EraseTools, eraseRows, remainingIds } from './erase-rows.ts';
import type { Retention } from './resolution.ts';
import type { SeriesRef } from './series-source.ts';

/** Deletes series from the store. */
export type SeriesEraser = {
  /**
   * Deletes the records of the selected series in the interval, rollups included; series without any left leave the
   * catalogue. When it resolves they are gone for queries, and the same series and times can be written again. Records
   * that come in meanwhile may go as well. Throws `limit_series`, `unavailable`.
   */
  readonly erase: (
    selectors: readonly (readonly Matcher[])[],
    interval: Interval,
    options: EraseOptions,
  ) => Promise<void>;
};

export type EraseOptions = {
  readonly signal: AbortSignal;
  /** Of the selected series only those that this holds for. */
  readonly only?: (labels: Labels) => boolean;
};

export type EraserParts = EraseTools & {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly retention: Retention;
  /** The series that were selected before may be others now. */
  readonly forgetSelections: () => void;
  readonly intake: {
    /** Resolves when all that was taken in is in the store. */
    readonly settled: () => Promise<void>;
    /** Makes the intake register these series anew with their next record. */
    readonly forget: (ids: BigUint64Array | 'all') => Promise<void>;
  };
};

const MAX_SERIES = 1_000_000;
/** Times that the store can hold, ms. */
const EDGE_MS = 4e12;

const TABLES = [
  ...['samples', 'samples_5m', 'samples_1h', 'histograms', 'exemplars'],
  ...['series', 'label_values', 'paths', 'path_nodes'],
];

/** Deletions run one after the other. */
export function createSeriesEraser(parts: EraserParts): SeriesEraser {
  const turn = new InTurn();
  return {
    erase: (selectors, interval, options) => turn.run(() => erase(parts, selectors, { interval, ...options })),
  };
}

async function erase(
  parts: EraserParts,
  selectors: readonly (readonly Matcher[])[],
  { interval, signal, only = () => true }: EraseOptions & { readonly interval: Interval },
): Promise<void> {
  const { store, catalogue, intake } = parts;
  await intake.settled();
  const found = await Promise.all(
    selectors.map(async (matchers) => whole(await catalogue.read(matchers, { limit: MAX_SERIES, signal }), MAX_SERIES)),
  );
  const refs = [...new Map(found.flat().map((ref) => [ref.id, ref])).values()].filter(({ labels }) => only(labels));
  if (refs.length === 0) return;
  const isWhole = interval.from < -EDGE_MS && interval.to > EDGE_MS;
  const all = isWhole && (await countSeries(store)) === refs.length;
  if (all) await eraseAll(parts);
  else await eraseSome(parts, refs, isWhole ? undefined : spanOf(parts, interval));
  parts.forgetSelections();
  await intake.forget(all ? 'all' : BigUint64Array.from(refs, ({ id }) => id));
}

async function eraseAll({ store, rollups }: EraserParts): Promise<void> {
  await rollups.rollUp();
  for (const table of TABLES) await store.command(`TRUNCATE TABLE nocmate.${table}`);
}

async function eraseSome(parts: EraserParts, refs: readonly SeriesRef[], span: ErasedSpan | undefined): Promise<void> {
  await eraseRows(parts, refs, span);
  const remaining = span === undefined ? new Set<bigint>() : await remainingIds(parts.store, refs);
  await eraseFromCatalogue(
    parts.store,
    refs.filter(({ id }) => !remaining.has(id)),
  );
}

function spanOf({ clock, retention }: EraserParts, { from, to }: Interval): ErasedSpan {
  return {
    from: Math.max(from, -EDGE_MS),
    to: Math.min(to, EDGE_MS),
    rawFrom: clock.now() - retention.raw,
  };
}

async function countSeries(store: TelemetryStore): Promise<number> {
  const rows = await store.rows<{ count: string }>('SELECT uniqExact(family, id) AS count FROM nocmate.series');
  return Number(rows[0]?.count ?? 0);
}
