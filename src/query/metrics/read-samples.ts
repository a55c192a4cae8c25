import { AppError } from '#core/errors.ts';
import type { NativeBlock, TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { chunks } from './chunks.ts';
import { pairsLiteral } from './literal.ts';
import { oneValueATime } from './one-value-a-time.ts';
import { type SeriesColumns, seriesColumns } from './series-runs.ts';
import type { RawSeries, SeriesRef, TimeRange } from './series-source.ts';

/** Rows that one question may bring over from the engine: 24 bytes each. */
export const MAX_ROWS = 4_000_000;
const PAIRS_PER_STATEMENT = 4_000;

/** A statement that answers `id` and `width` Float64 columns, ordered by family, id and time. */
export type SeriesStatement = {
  readonly width: number;
  /** `pairs` is the list for `(family, id) IN (…)`. */
  readonly sql: (pairs: string) => string;
};

/** Reads columns of the given series. Throws `limit_rows` beyond {@link MAX_ROWS} rows. */
export async function readSeriesColumns(
  store: TelemetryStore,
  statement: SeriesStatement,
  refs: readonly SeriesRef[],
  signal?: AbortSignal,
): Promise<SeriesColumns> {
  const blocks: NativeBlock[] = [];
  let rows = 0;
  for (const chunk of chunks(refs, PAIRS_PER_STATEMENT)) {
    const sql = `${statement.sql(pairsLiteral(chunk))} LIMIT ${MAX_ROWS - rows + 1}`;
    const found = await store.columns(sql, signal === undefined ? undefined : { signal });
    rows += found.reduce((sum, block) => sum + block.rows, 0);
    if (rows > MAX_ROWS) throw tooManyRows();
    blocks.push(...found);
  }
  return seriesColumns(blocks, statement.width);
}

const tooManyRows = (): AppError =>
  new AppError(
    'limit_rows',
    `the question reads more than ${MAX_ROWS} rows: shorten the range or narrow the selection`,
    {
      details: { limit: MAX_ROWS },
    },
  );

/** A time of table `samples`. */
export const rawTime = (ms: number): string => `fromUnixTimestamp64Milli(${Math.floor(ms)})`;

const rawStatement = ({ from, to }: TimeRange): SeriesStatement => ({
  width: 2,
  sql: (pairs) =>
    `SELECT id, toFloat64(toUnixTimestamp64Milli(s.t)), v FROM nocmate.samples AS s WHERE (family, id) IN (${pairs})` +
    ` AND s.t >= ${rawTime(from)} AND s.t < ${rawTime(to)} ORDER BY family, id, s.t`,
});

/**
 * Raw samples of each series in `[range.from, range.to)`; series without samples are absent. Of several values of one
 * series and time the highest stays (a number before NaN): plain MergeTree rows carry no order of writing, and this one
 * does not depend on merges.
 */
export async function readStored(
  store: TelemetryStore,
  refs: readonly SeriesRef[],
  range: TimeRange,
  signal?: AbortSignal,
): Promise<RawSeries[]> {
  const { runs, columns } = await readSeriesColumns(store, rawStatement(range), refs, signal);
  const [t, v] = columns as [Float64Array, Float64Array];
  const byId = new Map(refs.map((ref) => [ref.id, ref]));
  return runs.flatMap(({ id, from, to }) => {
    const series = byId.get(id);
    return series === undefined ? [] : [{ series, ...oneValueATime(t.subarray(from, to), v.subarray(from, to)) }];
  });
}
