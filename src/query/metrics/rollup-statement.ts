import { rawTime, type SeriesStatement } from './read-samples.ts';

/** A span of a rollup table, ms, and the multiple of its width from which the raw table is read instead. */
export type RollupSpan = {
  readonly table: 'samples_5m' | 'samples_1h';
  readonly width: number;
  readonly from: number;
  readonly to: number;
  readonly complete: number;
};

const MAX_SECONDS = 4_294_967_295;

/**
 * Step number, average, minimum and maximum of each step. Rows of the rollup may not be merged yet, and the newest
 * samples may not be rolled up yet: both are merged here.
 */
export function stepStatement(span: RollupSpan, step: number): SeriesStatement {
  const seconds = step / 1000;
  const rolled = 'SELECT family, id, toUnixTimestamp(s.t) AS at, vmin AS low, vmax AS high, vsum AS total, vcnt AS cnt';
  const raw = 'SELECT family, id, toUnixTimestamp(s.t) AS at, v AS low, v AS high, v AS total, toUInt64(1) AS cnt';
  return {
    width: 4,
    sql: (pairs) =>
      `SELECT id, toFloat64(intDiv(at, ${seconds}) AS bucket), sum(total) / sum(cnt), min(low), max(high)` +
      ` FROM (${bothTables(span, pairs, { rolled, raw, groupBy: '' })})` +
      ' GROUP BY family, id, bucket ORDER BY family, id, bucket',
  };
}

/** Start (ms) and last value of each row of the rollup. */
export function lastStatement(span: RollupSpan): SeriesStatement {
  const seconds = span.width / 1000;
  const start = `toUInt32(intDiv(toUnixTimestamp(s.t), ${seconds}) * ${seconds})`;
  const rolled = 'SELECT family, id, toUnixTimestamp(s.t) AS at, argMaxMerge(vlast) AS last';
  const raw = `SELECT family, id, ${start} AS at, argMax(v, s.t) AS last`;
  return {
    width: 2,
    sql: (pairs) =>
      `SELECT id, toFloat64(at) * 1000, last FROM (` +
      `${bothTables(span, pairs, { rolled, raw, groupBy: ' GROUP BY family, id, at' })}) ORDER BY family, id, at`,
  };
}

type Selects = { readonly rolled: string; readonly raw: string; readonly groupBy: string };

/** Rows of the rollup and, behind its end, of the raw table; a table that the span does not touch is left out. */
function bothTables(span: RollupSpan, pairs: string, { rolled, raw, groupBy }: Selects): string {
  const parts: string[] = [];
  const table = `nocmate.${span.table}`;
  if (span.from < span.complete) parts.push(`${rolled} FROM ${table} AS s WHERE ${rollupWhere(pairs, span)}${groupBy}`);
  if (span.to > span.complete) parts.push(`${raw} FROM nocmate.samples AS s WHERE ${rawWhere(pairs, span)}${groupBy}`);
  return parts.join(' UNION ALL ');
}

function rollupWhere(pairs: string, { from, to, complete }: RollupSpan): string {
  const end = Math.min(to, complete);
  return `(family, id) IN (${pairs}) AND s.t >= toDateTime(${seconds(from)}) AND s.t < toDateTime(${seconds(end)})`;
}

function rawWhere(pairs: string, { from, to, complete }: RollupSpan): string {
  const start = Math.max(from, complete);
  return `(family, id) IN (${pairs}) AND s.t >= ${rawTime(start)} AND s.t < ${rawTime(to)} AND NOT isNaN(v)`;
}

const seconds = (ms: number): number => Math.min(Math.max(0, Math.ceil(ms / 1000)), MAX_SECONDS);
