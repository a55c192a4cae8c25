import { AppError } from '#core/errors.ts';
import type { Interval } from '#query/promql/source.ts';
import type { RawSamples } from '#query/promql/value.ts';
import type { NativeBlock, TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { chunks } from './chunks.ts';
import { pairsLiteral } from './literal.ts';
import { oneValueATime } from './one-value-a-time.ts';
import { rawTime } from './read-samples.ts';
import type { SeriesRef } from './series-source.ts';

/** Samples of one selection, 16 bytes each: the default of Prometheus' `query.max-samples`. */
export const MAX_SAMPLES = 50_000_000;

/** Small enough that an answer of usual series is some MB, and that the next one is read while it is taken apart. */
const SERIES_PER_STATEMENT = 1_000;
const MAX_OFFSET_MS = 2 ** 32;

/**
 * Raw floats of each series in the interval by id, in time order; stale markers keep their bits. Of several values of one
 * time the highest stays, as in `readRaw`. Throws `limit_rows` beyond {@link MAX_SAMPLES}.
 */
export async function readFloats(
  store: TelemetryStore,
  refs: readonly SeriesRef[],
  interval: Interval,
  signal: AbortSignal,
): Promise<Map<bigint, RawSamples>> {
  const found = new Map<bigint, RawSamples>();
  let left = MAX_SAMPLES;
  const lists = chunks(refs, SERIES_PER_STATEMENT);
  const ask = (at: number): Promise<NativeBlock[]> | undefined => {
    const list = lists[at];
    if (list === undefined) return undefined;
    const answer = store.columns(floatsStatement(list, interval, left + 1), { signal });
    // Awaited later: a failure before that must not count as unhandled.
    answer.catch(() => undefined);
    return answer;
  };
  let next = ask(0);
  for (let at = 0; next !== undefined; at++) {
    const answer = await next;
    next = ask(at + 1);
    for (const block of answer) left -= takeBlock(found, block, interval.from);
    if (left < 0) throw tooManySamples();
  }
  return found;
}

const tooManySamples = (): AppError =>
  new AppError('limit_rows', 'query processing would load too many samples into memory in query execution', {
    details: { limit: MAX_SAMPLES },
  });

/** Times go over as 32-bit offsets where they fit: a third less to move. */
function floatsStatement(refs: readonly SeriesRef[], { from, to }: Interval, limit: number): string {
  const ms = `toUnixTimestamp64Milli(s.t)`;
  const offset = to - from < MAX_OFFSET_MS ? `toUInt32(${ms} - (${from}))` : `toFloat64(${ms} - (${from}))`;
  return (
    `SELECT id, groupArray(offset), groupArray(value) FROM (` +
    `SELECT id, ${offset} AS offset, v AS value FROM nocmate.samples AS s` +
    ` WHERE (family, id) IN (${pairsLiteral(refs)}) AND s.t >= ${rawTime(from)} AND s.t <= ${rawTime(to)}` +
    ` ORDER BY family, id, s.t LIMIT ${limit}) GROUP BY id`
  );
}

function takeBlock(found: Map<bigint, RawSamples>, { rows, columns }: NativeBlock, from: number): number {
  const [ids, offsets, values] = columns;
  if (ids?.kind !== 'bigint' || offsets?.kind !== 'numbers' || values?.kind !== 'numbers') {
    if (rows === 0) return 0;
    throw new TypeError('the answer has other columns than id, times and values');
  }
  const t = Float64Array.from(offsets.values as Uint32Array | Float64Array);
  for (let i = 0; i < t.length; i++) t[i]! += from;
  const v = values.values as Float64Array;
  for (let row = 0; row < rows; row++) {
    const begin = row === 0 ? 0 : offsets.ends[row - 1]!;
    const end = offsets.ends[row]!;
    found.set(ids.values[row]!, oneValueATime(t.subarray(begin, end), v.subarray(begin, end)));
  }
  return t.length;
}
