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
  const times = new TimeTexts();
  for (const series of fitPoints(list, options.maxDataPoints)) {
    const points = datapoints(series, options.noNullPoints, times);
    if (options.noNullPoints && points === '') continue;
    const head = `{"target": ${JSON.stringify(series.name)}, "tags": ${JSON.stringify(series.tags)}`;
    yield `${before}${head}, "datapoints": [${points}]}`;
    before = between;
  }
  yield before === between ? '' : '[';
  yield options.pretty ? '\n]' : ']';
}

/** Ends of points, `, 1700000000]`: series of one grid share them. */
class TimeTexts {
  #key = '';
  #texts: readonly string[] = [];

  of({ start, step }: Series, count: number): readonly string[] {
    const key = `${start} ${step} ${count}`;
    if (key !== this.#key) {
      this.#key = key;
      this.#texts = Array.from({ length: count }, (_, i) => `, ${start + i * step}]`);
    }
    return this.#texts;
  }
}

/** Hot path: one string grows, without an array of pieces. */
function datapoints(series: Series, noNullPoints: boolean, times: TimeTexts): string {
  const { values, start, step } = series;
  const count = Math.max(0, Math.min(values.length, Math.floor((series.end - start) / step) + 1));
  const ends = times.of(series, count);
  let out = '';
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    if (noNullPoints && Number.isNaN(value)) continue;
    out += `${out === '' ? '[' : ', ['}${jsonNumber(value)}${ends[i]}`;
  }
  return out;
}
