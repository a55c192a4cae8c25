import type { Interval } from '#query/promql/source.ts';
import type { RawSamples } from '#query/promql/value.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { readSeriesColumns } from './read-samples.ts';
import { finestKept, type Retention, WIDTH } from './resolution.ts';
import { lastStatement, type RollupSpan } from './rollup-statement.ts';
import type { SeriesRef } from './series-source.ts';

/** A value of a rollup is there every so many ms of its row's width, so that it outlasts the usual lookback. */
const HOLD_MS = 300_000;

export type RollupQuestion = {
  readonly interval: Interval;
  readonly now: number;
  readonly retention: Retention;
  /** Samples before this time (ms) are in the rollups. */
  readonly completeUntil: number;
};

/**
 * What stands for the samples that are no longer kept: the last value of each row, at the end of the row, and of hourly
 * rows again every 5 minutes until the next. Empty while raw samples reach back far enough.
 */
export async function readRollups(
  store: TelemetryStore,
  refs: readonly SeriesRef[],
  question: RollupQuestion,
  signal: AbortSignal,
): Promise<Map<bigint, RawSamples>> {
  const { interval, now, retention, completeUntil } = question;
  const resolution = finestKept(interval.from, now, retention);
  if (resolution === 'raw') return new Map();
  const width = WIDTH[resolution];
  const rawFrom = now - retention.raw;
  const span: RollupSpan = {
    table: resolution === '1h' ? 'samples_1h' : 'samples_5m',
    width,
    from: interval.from - width,
    to: Math.min(interval.to, rawFrom, completeUntil),
    complete: completeUntil,
  };
  if (span.to <= span.from) return new Map();
  const { runs, columns } = await readSeriesColumns(store, lastStatement(span), refs, signal);
  const [t, v] = columns as [Float64Array, Float64Array];
  return new Map(
    runs.map(({ id, from, to }) => [id, heldValues(t.subarray(from, to), v.subarray(from, to), width, interval)]),
  );
}

/** The points of one series: each value from the last ms of its row on, until the next one or for the width of a row. */
export function heldValues(t: Float64Array, v: Float64Array, width: number, { from, to }: Interval): RawSamples {
  const times: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < t.length; i++) {
    const first = t[i]! + width - 1;
    const end = Math.min(first + width, (t[i + 1] ?? Number.POSITIVE_INFINITY) + width - 1, to + 1);
    for (let time = first; time < end; time += HOLD_MS) {
      if (time < from) continue;
      times.push(time);
      values.push(v[i]!);
    }
  }
  return { t: Float64Array.from(times), v: Float64Array.from(values) };
}

/** Rollup points before the first raw sample, then the raw ones. */
export function joinRollups(rolled: RawSamples | undefined, raw: RawSamples | undefined): RawSamples | undefined {
  if (rolled === undefined || rolled.t.length === 0) return raw;
  if (raw === undefined || raw.t.length === 0) return rolled;
  const first = raw.t[0]!;
  let count = 0;
  while (count < rolled.t.length && rolled.t[count]! < first) count++;
  const t = new Float64Array(count + raw.t.length);
  const v = new Float64Array(count + raw.t.length);
  t.set(rolled.t.subarray(0, count));
  t.set(raw.t, count);
  v.set(rolled.v.subarray(0, count));
  v.set(raw.v, count);
  return { t, v };
}
