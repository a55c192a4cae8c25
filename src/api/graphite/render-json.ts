import { consolidate } from '#query/graphite/consolidation.ts';
import type { Series } from '#query/graphite/series.ts';

/** A number as Graphite's JSON writes it: None is null, infinity a number too large to hold. */
export function jsonNumber(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '1e9999' : '-1e9999';
}

type JsonOptions = {
  readonly maxDataPoints: number | undefined;
  readonly noNullPoints: boolean;
  readonly pretty: boolean;
};

/** The answer of `format=json`: `[{"target", "tags", "datapoints": [[value, time], …]}, …]`, in pieces. */
export function* renderJson(list: readonly Series[], options: JsonOptions): Generator<string> {
  let before = options.pretty ? '[\n  ' : '[';
  const between = options.pretty ? ',\n  ' : ', ';
  for (const series of fitPoints(list, options.maxDataPoints)) {
    const points = datapoints(series, options.noNullPoints);
    if (options.noNullPoints && points.length === 0) continue;
    const head = `{"target": ${JSON.stringify(series.name)}, "tags": ${JSON.stringify(series.tags)}`;
    yield `${before}${head}, "datapoints": [${points.join(', ')}]}`;
    before = between;
  }
  yield before === between ? '' : '[';
  yield options.pretty ? '\n]' : ']';
}

function datapoints(series: Series, noNullPoints: boolean): string[] {
  const { values, start, step } = series;
  const out: string[] = [];
  const count = Math.min(values.length, Math.floor((series.end - start) / step) + 1);
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    if (noNullPoints && Number.isNaN(value)) continue;
    out.push(`[${jsonNumber(value)}, ${start + i * step}]`);
  }
  return out;
}

/**
 * Merges points so that no series has more than `maxDataPoints`. The merged steps lie on multiples of their length, so
 * that the same points are merged at every refresh.
 */
export function fitPoints(list: readonly Series[], maxDataPoints: number | undefined): readonly Series[] {
  if (maxDataPoints === undefined || list.length === 0) return list;
  const start = list.reduce((least, series) => Math.min(least, series.start), Number.POSITIVE_INFINITY);
  const end = list.reduce((most, series) => Math.max(most, series.end), Number.NEGATIVE_INFINITY);
  return list.map((series) => {
    if (maxDataPoints === 1) return consolidate(series, series.values.length);
    const count = (end - start) / series.step;
    return maxDataPoints < count ? nudged(series, Math.ceil(count / maxDataPoints)) : series;
  });
}

function nudged(series: Series, valuesPerPoint: number): Series {
  const secondsPerPoint = Math.trunc(valuesPerPoint * series.step);
  const nudge = secondsPerPoint + (series.start % series.step) - (series.start % secondsPerPoint);
  const lost = Math.max(0, Math.trunc(nudge / series.step) - 1);
  return consolidate({ ...series, start: series.start + nudge, values: series.values.subarray(lost) }, valuesPerPoint);
}
