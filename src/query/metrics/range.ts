import type { RangeHeader, RangeRequest, Resolution } from '#core/api/query.ts';
import { AppError } from '#core/errors.ts';
import { NAME_LABEL } from '#core/model/labels.ts';
import { aggregate } from '#core/series-math/aggregate.ts';
import { gridOf } from '#core/series-math/grid.ts';
import type { Clock } from '#io/clock.ts';
import type { Catalogue } from './catalogue.ts';
import { unitOfName } from './metric-name.ts';
import type { FloatParts } from './prom-source-floats.ts';
import { type GridAnswer, readGrid } from './read-grid.ts';
import { coarser, planRange, type Retention } from './resolution.ts';
import type { CatalogueSeries, Selection } from './selection.ts';

/** A range as it goes over the wire: see {@link RangeHeader}. */
export type RangeAnswer = { readonly header: RangeHeader; readonly columns: Float64Array[] };

export type RangeParts = FloatParts & {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly retention: Retention;
  /** Samples before this time (ms) are in the rollups. */
  readonly completeUntil: () => number;
};

/** Series that one aggregation may read. */
const MAX_AGGREGATED = 20_000;
/** Values of one answer before aggregation. */
const MAX_VALUES = 12_000_000;

/** Answers a range. Throws `bad_query`, `limit_series` (an aggregation of too many) and `limit_rows`. */
export async function queryRange(parts: RangeParts, request: RangeRequest, signal?: AbortSignal): Promise<RangeAnswer> {
  const started = parts.clock.monotonic();
  if (!(request.to >= request.from)) throw new AppError('bad_request', 'the range ends before it begins');
  const selection = await select(parts, request, signal);
  const { answer, resolution } = await read(parts, request, selection.series, signal);
  const { series, columns } = shape(request, answer);
  const header: RangeHeader = {
    type: 'range',
    start: answer.grid.start,
    step: answer.grid.step,
    points: answer.grid.points,
    resolution,
    band: request.query.aggregate === undefined && answer.band !== undefined,
    series: series.slice(0, request.limit),
    truncated: selection.truncated || series.length > request.limit,
    unit: unitOf(request, selection.series),
    stats: {
      seriesMatched: selection.series.length,
      samplesRead: answer.samplesRead,
      ms: Math.round((parts.clock.monotonic() - started) * 100) / 100,
    },
  };
  return { header, columns };
}

async function select(parts: RangeParts, request: RangeRequest, signal?: AbortSignal): Promise<Selection> {
  const isAggregated = request.query.aggregate !== undefined;
  const selection = await parts.catalogue.selectSome(request.query.matchers, {
    range: { from: request.from, to: request.to },
    limit: isAggregated ? MAX_AGGREGATED : request.limit,
    ...(signal === undefined ? {} : { signal }),
  });
  if (!isAggregated || !selection.truncated) return selection;
  throw new AppError('limit_series', `an aggregation reads at most ${MAX_AGGREGATED} series: add a matcher`, {
    details: { limit: MAX_AGGREGATED },
  });
}

/** An answer is in memory as a whole: 8 bytes a value. */
function checkSize(series: number, points: number): void {
  if (series * points <= MAX_VALUES) return;
  throw new AppError(
    'limit_rows',
    `${series} series of ${points} points are too many: ask for fewer points or series`,
    {
      details: { limit: MAX_VALUES },
    },
  );
}

/** Reads from the planned table, and from a coarser one while there are too many rows. */
async function read(
  parts: RangeParts,
  request: RangeRequest,
  refs: readonly CatalogueSeries[],
  signal?: AbortSignal,
): Promise<{ answer: GridAnswer; resolution: Resolution }> {
  const now = parts.clock.now();
  const completeUntil = parts.completeUntil();
  const range = { from: request.from, to: request.to };
  let finest: Resolution = 'raw';
  for (;;) {
    const plan = planRange(request, now, parts.retention, finest);
    checkSize(refs.length, gridOf(request.from, request.to, plan.step).points);
    try {
      const question = { fn: request.query.fn, refs, range, plan, now, completeUntil, ...(signal ? { signal } : {}) };
      return { answer: await readGrid(parts, question), resolution: plan.resolution };
    } catch (error) {
      const next = coarser(plan.resolution);
      if (!(error instanceof AppError && error.code === 'limit_rows') || next === undefined) throw error;
      finest = next;
    }
  }
}

type Shaped = {
  readonly series: { sid: string; labels: Readonly<Record<string, string>> }[];
  readonly columns: Float64Array[];
};

function shape({ query, limit }: RangeRequest, { refs, values, band }: GridAnswer): Shaped {
  if (query.aggregate !== undefined) {
    const grouped = aggregate({ labels: refs.map((ref) => ref.labels), values }, query.aggregate);
    const series = grouped.labels.map((labels) => ({ sid: JSON.stringify(labels), labels }));
    return { series, columns: grouped.values.slice(0, limit) };
  }
  const series = refs.map(({ id, labels }) => ({ sid: id.toString(), labels }));
  const columns = values.slice(0, limit).flatMap((avg, i) => {
    const [min, max] = [band?.min[i], band?.max[i]];
    return min === undefined || max === undefined ? [avg] : [avg, min, max];
  });
  return { series, columns };
}

/** The unit all series share, or ''; a rate of it is per second. */
function unitOf({ query }: RangeRequest, series: readonly CatalogueSeries[]): string {
  if (query.aggregate?.op === 'count') return '';
  const units = new Set(series.map(({ unit, labels }) => unit || unitOfName(labels[NAME_LABEL] ?? '')));
  const [unit = ''] = units;
  if (unit === '' || units.size > 1) return '';
  if (query.fn !== 'rate') return unit;
  return unit === 'seconds' ? 'ratio' : `${unit}_per_second`;
}
