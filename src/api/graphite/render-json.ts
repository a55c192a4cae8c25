import { fitPoints } from '#query/graphite/fit-points.ts';
import type { Series } from '#query/graphite/series.ts';
import { AnswerPieces } from './answer-pieces.ts';
import { POINT_BYTES, PointBytes } from './point-bytes.ts';

type JsonOptions = {
  readonly maxDataPoints: number | undefined;
  readonly noNullPoints: boolean;
  readonly pretty: boolean;
};

/** Points that room is made for at a time. */
const STRETCH_POINTS = 1_024;

/** The answer of `format=json`: `[{"target", "tags", "datapoints": [[value, time], …]}, …]`, in pieces of UTF-8. */
export function* renderJson(list: readonly Series[], options: JsonOptions): Generator<Uint8Array> {
  const { noNullPoints } = options;
  const between = options.pretty ? ',\n  ' : ', ';
  const out = new AnswerPieces();
  const points = new PointBytes();
  let before = options.pretty ? '[\n  ' : '[';
  for (const series of fitPoints(list, options.maxDataPoints)) {
    const shown = shownValues(series);
    if (noNullPoints && shown.every(Number.isNaN)) continue;
    out.text(
      `${before}{"target": ${JSON.stringify(series.name)}, "tags": ${JSON.stringify(series.tags)}, "datapoints": [`,
    );
    before = between;
    let isFirst = true;
    for (const stretch of stretchesOf(series, shown)) {
      out.reserve((stretch.values.length + 1) * POINT_BYTES);
      const lead = isFirst ? 0 : 2;
      out.view.setUint16(out.at, 0x2c20);
      const end = points.write(out.view, out.at + lead, stretch, noNullPoints);
      if (end === out.at + lead) continue;
      out.at = end;
      isFirst = false;
      yield* out.full();
    }
    out.text(']}');
  }
  out.text(`${before === between ? '' : '['}${options.pretty ? '\n]' : ']'}`);
  yield* out.rest();
}

/** The values up to the end of a series; what lies later is not shown. */
function shownValues({ values, start, end, step }: Series): Float64Array {
  return values.subarray(0, Math.max(0, Math.min(values.length, Math.floor((end - start) / step) + 1)));
}

type Stretch = Pick<Series, 'values' | 'start' | 'step'>;

function* stretchesOf({ start, step }: Series, values: Float64Array): Generator<Stretch> {
  for (let from = 0; from < values.length; from += STRETCH_POINTS) {
    yield { start: start + from * step, step, values: values.subarray(from, from + STRETCH_POINTS) };
  }
}
