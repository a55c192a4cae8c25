import { fitPoints } from '#query/graphite/fit-points.ts';
import type { Series } from '#query/graphite/series.ts';
import { PointBytes } from './point-bytes.ts';

type JsonOptions = {
  readonly maxDataPoints: number | undefined;
  readonly noNullPoints: boolean;
  readonly pretty: boolean;
};

/** The answer of `format=json`: `[{"target", "tags", "datapoints": [[value, time], …]}, …]`, in pieces of UTF-8. */
export function* renderJson(list: readonly Series[], options: JsonOptions): Generator<Uint8Array> {
  let before = options.pretty ? '[\n  ' : '[';
  const between = options.pretty ? ',\n  ' : ', ';
  const bytes = new PointBytes();
  for (const series of fitPoints(list, options.maxDataPoints)) {
    const points = bytes.write(series, options.noNullPoints);
    if (options.noNullPoints && points.length === 0) continue;
    const head = `{"target": ${JSON.stringify(series.name)}, "tags": ${JSON.stringify(series.tags)}`;
    yield Buffer.concat([Buffer.from(`${before}${head}, "datapoints": [`), points, Buffer.from(']}')]);
    before = between;
  }
  yield Buffer.from(`${before === between ? '' : '['}${options.pretty ? '\n]' : ']'}`);
}
