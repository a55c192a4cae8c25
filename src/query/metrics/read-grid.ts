import type { SeriesFunction } from '#core/metric-query/query.ts';
import { consolidate } from '#core/series-math/consolidate.ts';
import { type DifferenceFunction, differencesOnGrid } from '#core/series-math/counter.ts';
import { evaluateSeries } from '#core/series-math/evaluate.ts';
import { type Grid, gridOf, stepAtLeast } from '#core/series-math/grid.ts';
import { inferInterval } from '#core/series-math/interval.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import type { FloatParts } from './prom-source-floats.ts';
import { readRaw } from './read-raw.ts';
import { readSeriesColumns } from './read-samples.ts';
import { type Plan, WIDTH } from './resolution.ts';
import { lastStatement, type RollupSpan, stepStatement } from './rollup-statement.ts';
import type { RawSeries, SeriesRef, TimeRange } from './series-source.ts';

/** Series on the grid of an answer; `min` and `max` are there when a value stands for several samples. */
export type GridAnswer = {
  readonly grid: Grid;
  readonly refs: readonly SeriesRef[];
  readonly values: readonly Float64Array[];
  readonly band: { readonly min: readonly Float64Array[]; readonly max: readonly Float64Array[] } | undefined;
  readonly samplesRead: number;
};

export type GridQuestion = {
  readonly fn: SeriesFunction;
  readonly refs: readonly SeriesRef[];
  readonly range: TimeRange;
  readonly plan: Plan;
  readonly now: number;
  /** Samples before this time (ms) are in the rollups; later ones are read from the raw table. */
  readonly completeUntil: number;
  readonly signal?: AbortSignal;
};

/** Raw samples before the range that may still be valid in it, or begin its first difference, ms. */
const RAW_LOOKBACK_MS = 300_000;

/** Reads the series from the table of the plan and puts them on its grid. Throws `limit_rows`. */
export function readGrid(parts: FloatParts, question: GridQuestion): Promise<GridAnswer> {
  if (question.plan.resolution === 'raw') return fromRaw(parts, question);
  const { fn } = question;
  const { store } = parts;
  return fn === 'raw' ? fromRollups(store, question) : fromLastValues(store, fn, question);
}

const span = (grid: Grid, lookback: number): TimeRange => ({
  from: grid.start - lookback,
  to: grid.start + grid.points * grid.step,
});

async function fromRaw(parts: FloatParts, { fn, refs, range, plan, signal }: GridQuestion): Promise<GridAnswer> {
  const wanted = gridOf(range.from, range.to, plan.step);
  const found = await readRaw(parts, refs, span(wanted, RAW_LOOKBACK_MS), signal);
  const intervals = found.map(({ t }) => inferInterval(t));
  const finest = intervals
    .filter((interval) => interval > 0)
    .reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const step = Number.isFinite(finest) ? Math.max(plan.step, stepAtLeast(finest - finest / 20)) : plan.step;
  const grid = gridOf(range.from, range.to, step);
  const kept = found.flatMap((series, i) => toGrid(fn, series, grid, intervals[i] ?? 0));
  const isBand = fn === 'raw' && step > finest * 1.5;
  const extreme = (how: 'min' | 'max'): Float64Array[] =>
    kept.map(({ series: { t, v }, interval }) => consolidate(t, v, grid, { how, hold: interval }));
  return {
    grid,
    refs: kept.map(({ series }) => series.series),
    values: kept.map(({ values }) => values),
    band: isBand ? { min: extreme('min'), max: extreme('max') } : undefined,
    samplesRead: found.reduce((sum, { t }) => sum + t.length, 0),
  };
}

type OnGrid = { readonly series: RawSeries; readonly interval: number; readonly values: Float64Array };

/** Nothing when no value lies on the grid: the series had samples before the range only. */
function toGrid(fn: SeriesFunction, series: RawSeries, grid: Grid, interval: number): OnGrid[] {
  const values = evaluateSeries(fn, series.t, series.v, grid, interval);
  return values.some((value) => !Number.isNaN(value)) ? [{ series, interval, values }] : [];
}

/** Averages and extremes of steps that are multiples of the table's width: merged in the engine. */
async function fromRollups(store: TelemetryStore, question: GridQuestion): Promise<GridAnswer> {
  const { refs, range, plan, signal } = question;
  const grid = gridOf(range.from, range.to, plan.step);
  const statement = stepStatement(rollupSpan(question, grid, 0), plan.step);
  const { runs, columns } = await readSeriesColumns(store, statement, refs, signal);
  const [at, avg, min, max] = columns as [Float64Array, Float64Array, Float64Array, Float64Array];
  const first = grid.start / grid.step;
  const place = (source: Float64Array): Float64Array[] =>
    runs.map(({ from, to }) => {
      const out = new Float64Array(grid.points).fill(Number.NaN);
      for (let i = from; i < to; i++) out[at[i]! - first] = source[i]!;
      return out;
    });
  return {
    grid,
    refs: refsOf(runs, refs),
    values: place(avg),
    band: { min: place(min), max: place(max) },
    samplesRead: at.length,
  };
}

/** Differences of the last values of neighbouring rows; a row's last value counts as taken at the row's end. */
async function fromLastValues(
  store: TelemetryStore,
  fn: DifferenceFunction,
  question: GridQuestion,
): Promise<GridAnswer> {
  const { refs, range, plan, now, signal } = question;
  const grid = gridOf(range.from, range.to, plan.step);
  const width = WIDTH[plan.resolution];
  const statement = lastStatement(rollupSpan(question, grid, 3 * width));
  const { runs, columns } = await readSeriesColumns(store, statement, refs, signal);
  const [t, v] = columns as [Float64Array, Float64Array];
  for (let i = 0; i < t.length; i++) t[i] = Math.min(t[i]! + width, Math.max(now, t[i]! + 1));
  const values = runs.map(({ from, to }) =>
    differencesOnGrid(fn, t.subarray(from, to), v.subarray(from, to), grid, 3 * width),
  );
  return { grid, refs: refsOf(runs, refs), values, band: undefined, samplesRead: t.length };
}

function rollupSpan({ plan, completeUntil }: GridQuestion, grid: Grid, lookback: number): RollupSpan {
  const { from, to } = span(grid, lookback);
  const width = WIDTH[plan.resolution];
  const complete = Math.floor(completeUntil / width) * width;
  return { table: plan.resolution === '1h' ? 'samples_1h' : 'samples_5m', width, from, to, complete };
}

function refsOf(runs: readonly { readonly id: bigint }[], refs: readonly SeriesRef[]): SeriesRef[] {
  const byId = new Map(refs.map((ref) => [ref.id, ref]));
  return runs.flatMap(({ id }) => byId.get(id) ?? []);
}
