import { AppError } from '#core/errors.ts';
import type { Interval } from '#query/promql/source.ts';
import type { RawSamples, Steps } from '#query/promql/value.ts';
import { FLOAT_BITS, STALE_BITS } from '#storage/clickhouse/schema/sample-value.ts';
import type { NativeBlock, TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { cachedFloats, type Floats, floatsThrough } from './cached-floats.ts';
import { chunks } from './chunks.ts';
import { pairsLiteral } from './literal.ts';
import { oneValueATime } from './one-value-a-time.ts';
import { rawTime } from './read-samples.ts';
import type { SampleCache } from './sample-cache.ts';
import type { SeriesRef } from './series-source.ts';

/** Samples of one selection, 16 bytes each: the default of Prometheus' `query.max-samples`. */
export const MAX_SAMPLES = 50_000_000;

/** Small enough that an answer of usual series is some MB, and that the next one is read while it is taken apart. */
export const SERIES_PER_STATEMENT = 1_000;
/** Groups of one aggregation in the engine, some 100 bytes each. */
const GROUPS_PER_STATEMENT = 1_000_000;
/** Of the memory for kept samples that one selection may fill: what is larger must not drive out all else, and itself. */
const LARGEST_SHARE = 0.75;
/** What is read to be kept begins a little before what was asked for (`floatsThrough`). */
const ALIGNMENT_ROOM = 1.125;
const MAX_OFFSET_MS = 2 ** 32;

/** What is read of the series: all samples in the interval, or those that {@link LastOfSteps} needs. */
export type FloatsQuestion = {
  readonly interval: Interval;
  readonly lastOf?: LastOfSteps;
  /** Beyond it `limit_rows` is thrown; default: {@link MAX_SAMPLES}. */
  readonly maxSamples?: number;
  readonly signal: AbortSignal;
};

/** Only the last sample of each step, and of those what lies in a window (t − window, t] of the steps; ms. */
export type LastOfSteps = { readonly steps: Steps; readonly window: number; readonly withStale: boolean };

/** Some of the series, and their samples by id. */
export type FloatsChunk = { readonly refs: readonly SeriesRef[]; readonly floats: Floats };

/** What raw samples come from. */
export type FloatParts = { readonly store: TelemetryStore; readonly sampleCache?: SampleCache };

/**
 * Raw floats of each series in the interval by id, in time order; stale markers keep their bits. Of several values of one
 * time the highest stays, as in `readStored`. Throws `limit_rows` beyond `maxSamples`.
 */
export async function readFloats(
  parts: FloatParts,
  refs: readonly SeriesRef[],
  question: FloatsQuestion,
): Promise<Map<bigint, RawSamples>> {
  const found = new Map<bigint, RawSamples>();
  let samples = 0;
  for await (const { floats } of floatChunks(parts, refs, question)) {
    for (const [id, one] of floats) {
      found.set(id, one);
      samples += one.t.length;
    }
    if (samples > (question.maxSamples ?? MAX_SAMPLES)) throw tooManySamples(question.maxSamples);
  }
  return found;
}

/** The same, some series at a time; the limit is for each chunk. The next one is read while one is worked on. */
export async function* floatChunks(
  parts: FloatParts,
  refs: readonly SeriesRef[],
  question: FloatsQuestion,
): AsyncGenerator<FloatsChunk> {
  const { lastOf } = question;
  const groups = lastOf === undefined ? 0 : lastOf.steps.count;
  const lists = chunks(refs, Math.min(SERIES_PER_STATEMENT, Math.ceil(GROUPS_PER_STATEMENT / (groups + 1))));
  const room = (parts.sampleCache?.maxBytes ?? 0) * LARGEST_SHARE;
  let bytes = 0;
  const ask = (at: number): Promise<Floats> | undefined => {
    const list = lists[at];
    if (list === undefined) return undefined;
    const answer = readChunk(parts, list, { ...question, isKept: lastOf === undefined && bytes < room });
    // Awaited later: a failure before that must not count as unhandled.
    answer.catch(() => undefined);
    return answer;
  };
  let next = ask(0);
  for (let at = 0; next !== undefined; at++) {
    const floats = await next;
    for (const { v } of floats.values()) bytes += v.byteLength;
    next = ask(at + 1);
    yield { refs: lists[at] ?? [], floats };
  }
}

async function readChunk(
  { store, sampleCache }: FloatParts,
  refs: readonly SeriesRef[],
  question: FloatsQuestion & { readonly isKept: boolean },
): Promise<Floats> {
  const { interval, isKept } = question;
  if (sampleCache === undefined) return readList(store, refs, question);
  if (!isKept) return cachedFloats(sampleCache, refs, interval) ?? readList(store, refs, question);
  return floatsThrough(sampleCache, refs, interval, (some, part) =>
    readList(store, some, { ...question, interval: part }),
  );
}

async function readList(
  store: TelemetryStore,
  refs: readonly SeriesRef[],
  { interval, lastOf, signal, maxSamples = MAX_SAMPLES }: FloatsQuestion,
): Promise<Floats> {
  const most = Math.floor(maxSamples * ALIGNMENT_ROOM);
  const rows = `${lastOf === undefined ? allRows(interval) : lastRows(interval, lastOf)} LIMIT ${most + 1}`;
  const answer = await store.columns(floatsStatement(refs, interval, rows), { signal });
  const floats = new Map<bigint, RawSamples>();
  let samples = 0;
  for (const block of answer) samples += takeBlock(floats, block, interval.from);
  if (samples > most) throw tooManySamples(maxSamples);
  return floats;
}

export const tooManySamples = (limit = MAX_SAMPLES): AppError =>
  new AppError('limit_rows', 'query processing would load too many samples into memory in query execution', {
    details: { limit },
  });

const PAIRS = '{pairs}';
const MS = 'toUnixTimestamp64Milli(s.t)';

/** One row a series: its times and values as arrays, which is less to move and to take apart than a row a sample. */
function floatsStatement(refs: readonly SeriesRef[], { from, to }: Interval, rows: string): string {
  const which =
    `nocmate.samples AS s WHERE (family, id) IN (${pairsLiteral(refs)})` +
    ` AND s.t >= ${rawTime(from)} AND s.t <= ${rawTime(to)}`;
  return `SELECT id, groupArray(offset), groupArray(value) FROM (${rows.replace(PAIRS, which)}) GROUP BY id`;
}

/** Times go over as 32-bit offsets where they fit. */
const offsetOf = (ms: string, { from, to }: Interval): string =>
  to - from < MAX_OFFSET_MS ? `toUInt32(${ms} - (${from}))` : `toFloat64(${ms} - (${from}))`;

const allRows = (interval: Interval): string =>
  `SELECT id, ${offsetOf(MS, interval)} AS offset, v AS value FROM ${PAIRS} ORDER BY family, id, s.t`;

/** Steps are (t − step, t]; of two values of one time the higher counts, a number before NaN. */
function lastRows(interval: Interval, { steps: { start, step }, window, withStale }: LastOfSteps): string {
  const first = start - Math.ceil(window / step) * step;
  const place = `(${MS} - (${first}) - 1)`;
  const inWindow = window < step ? ` AND ${place} % ${step} >= ${step - window}` : '';
  const isSample = withStale ? '' : ` AND NOT (e = ${FLOAT_BITS} AND m = ${STALE_BITS})`;
  return (
    `SELECT id, ${offsetOf(`max(${MS})`, interval)} AS offset, argMax(v, (s.t, if(isNaN(v), -inf, v))) AS value` +
    ` FROM ${PAIRS}${inWindow}${isSample} GROUP BY family, id, intDiv(${place}, ${step}) ORDER BY family, id, offset`
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
