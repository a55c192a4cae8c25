import { fitPoints } from '#query/graphite/fit-points.ts';
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
