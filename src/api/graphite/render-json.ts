import { fitPoints } from '#query/graphite/fit-points.ts';
import type { Series } from '#query/graphite/series.ts';
import { PointBytes } from './point-bytes.ts';

type JsonOptions = {
  readonly maxDataPoints: number | undefined;
  readonly noNullPoints: boolean;
  readonly pretty: boolean;
};

/** Points after which other work of the thread may run. */
const PIECE_POINTS = 1 << 17;

/** The answer of `format=json`: `[{"target", "tags", "datapoints": [[value, time], …]}, …]`, in pieces of UTF-8. */
export function* renderJson(list: readonly Series[], options: JsonOptions): Generator<Uint8Array> {
  let before = options.pretty ? '[\n  ' : '[';
  const between = options.pretty ? ',\n  ' : ', ';
  const bytes = new PointBytes();
  for (const series of fitPoints(list, options.maxDataPoints)) {
    const head = `{"target": ${JSON.stringify(series.name)}, "tags": ${JSON.stringify(series.tags)}, "datapoints": [`;
    let lead = before + head;
    for (const piece of piecesOf(series)) {
      const points = bytes.write(piece, options.noNullPoints);
      if (points.length === 0) continue;
      yield Buffer.concat([Buffer.from(lead), points]);
      lead = ', ';
    }
    const isEmpty = lead !== ', ';
    if (isEmpty && options.noNullPoints) continue;
    yield Buffer.from(isEmpty ? `${lead}]}` : ']}');
    before = between;
  }
  yield Buffer.from(`${before === between ? '' : '['}${options.pretty ? '\n]' : ']'}`);
}

/** A long series in series of a piece each. */
function* piecesOf(series: Series): Generator<Series> {
  if (series.values.length <= PIECE_POINTS) return yield series;
  for (let from = 0; from < series.values.length; from += PIECE_POINTS) {
    const start = series.start + from * series.step;
    yield { ...series, start, values: series.values.subarray(from, from + PIECE_POINTS) };
  }
}
