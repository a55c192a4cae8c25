import type uPlot from 'uplot';

/** Draws lines of typed-array columns. What lies further apart than its reach is a gap; a lone point is drawn as a dot. */
type Pen = { readonly stroke: Path2D; readonly fill: Path2D | undefined };

/** Where values lie: of a plot, or of its right axis. */
export type Scales = Pick<uPlot, 'scales' | 'valToPos'>;

/** A plot whose values lie on its right axis. */
export function rightScales(u: uPlot): Scales {
  const { right, ...others } = u.scales;
  return {
    scales: { ...others, ...(right === undefined ? {} : { y: right }) },
    valToPos: (value, scale, canvas) => u.valToPos(value, scale === 'y' ? 'right' : scale, canvas),
  };
}

type PathInput = {
  readonly u: Scales;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Lower edge of the area: a column (stacks) or undefined for the axis' zero. */
  readonly floor: Float64Array | undefined;
  readonly from: number;
  readonly to: number;
  readonly filled: boolean;
  /** Longest distance of neighbours that belong together, in x units. */
  readonly reach: number;
};

/** Points a pixel column from which a line is thinned to first, least, greatest and last of each column. */
const DENSE = 4;

/** Paths of a line (and its area) in canvas pixels. */
export function linePath(input: PathInput): Pen {
  const stroke = new Path2D();
  const fill = input.filled ? new Path2D() : undefined;
  let start = -1;
  let last = -1;
  for (let i = input.from; i <= input.to; i++) {
    if (Number.isNaN(input.y[i] as number)) continue;
    if (start >= 0 && (input.x[i] as number) - (input.x[last] as number) > input.reach) {
      segment(input, stroke, fill, start, last);
      start = i;
    } else if (start < 0) start = i;
    last = i;
  }
  if (start >= 0) segment(input, stroke, fill, start, last);
  return { stroke, fill };
}

/** Paths of bars, one a point. */
export function barPath({ u, x, y, floor, from, to, reach }: PathInput): Pen {
  const path = new Path2D();
  const half = Math.max(0.5, ((px(u, reach) - px(u, 0)) / 1.5) * 0.4);
  for (let i = from; i <= to; i++) {
    const value = y[i] as number;
    if (Number.isNaN(value)) continue;
    const top = py(u, value);
    const bottom = py(u, floor === undefined ? zero(u) : (floor[i] as number));
    path.rect(px(u, x[i] as number) - half, Math.min(top, bottom), half * 2, Math.max(1, Math.abs(bottom - top)));
  }
  return { stroke: new Path2D(), fill: path };
}

/** Paths of single dots. */
export function pointPath({ u, x, y, from, to }: PathInput): Pen {
  const path = new Path2D();
  const radius = 1.8 * devicePixelRatio;
  for (let i = from; i <= to; i++) {
    const value = y[i] as number;
    if (!Number.isNaN(value)) dot(path, px(u, x[i] as number), py(u, value), radius);
  }
  return { stroke: new Path2D(), fill: path };
}

/** The area between two columns, in canvas pixels: min–max bands. */
export function bandPath(u: Scales, x: Float64Array, low: Float64Array, high: Float64Array): Path2D {
  const path = new Path2D();
  for (let start = 0; start < x.length; start++) {
    if (Number.isNaN(low[start] as number)) continue;
    let end = start;
    while (end + 1 < x.length && !Number.isNaN(low[end + 1] as number)) end++;
    for (let i = start; i <= end; i++) path.lineTo(px(u, x[i] as number), py(u, high[i] as number));
    for (let i = end; i >= start; i--) path.lineTo(px(u, x[i] as number), py(u, low[i] as number));
    path.closePath();
    start = end;
  }
  return path;
}

function segment(input: PathInput, stroke: Path2D, fill: Path2D | undefined, first: number, last: number): void {
  const { u, x, y } = input;
  if (first === last) {
    dot(stroke, px(u, x[first] as number), py(u, y[first] as number), 0.75 * devicePixelRatio);
    return;
  }
  const perPixel = (last - first) / Math.max(1, px(u, x[last] as number) - px(u, x[first] as number));
  trace(input, stroke, first, last, perPixel > DENSE);
  if (fill === undefined) return;
  trace(input, fill, first, last, perPixel > DENSE);
  if (input.floor === undefined) {
    const base = py(u, zero(u));
    fill.lineTo(px(u, x[last] as number), base);
    fill.lineTo(px(u, x[first] as number), base);
  } else {
    for (let i = last; i >= first; i--) fill.lineTo(px(u, x[i] as number), py(u, input.floor[i] as number));
  }
  fill.closePath();
}

function trace({ u, x, y }: PathInput, path: Path2D, first: number, last: number, dense: boolean): void {
  path.moveTo(px(u, x[first] as number), py(u, y[first] as number));
  if (dense) {
    traceDense(u, x, y, path, first, last);
    return;
  }
  for (let i = first + 1; i <= last; i++) {
    const value = y[i] as number;
    if (!Number.isNaN(value)) path.lineTo(px(u, x[i] as number), py(u, value));
  }
}

/** Keeps what is visible of many points in one pixel column: its least, greatest and last. */
function traceDense(u: Scales, x: Float64Array, y: Float64Array, path: Path2D, first: number, last: number): void {
  let column = Math.round(px(u, x[first] as number));
  let low = y[first] as number;
  let high = low;
  let latest = low;
  for (let i = first + 1; i <= last; i++) {
    const value = y[i] as number;
    if (Number.isNaN(value)) continue;
    const at = Math.round(px(u, x[i] as number));
    if (at !== column || i === last) {
      path.lineTo(column, py(u, low));
      path.lineTo(column, py(u, high));
      path.lineTo(column, py(u, latest));
      column = at;
      low = value;
      high = value;
    } else if (value < low) low = value;
    else if (value > high) high = value;
    latest = value;
  }
  path.lineTo(px(u, x[last] as number), py(u, y[last] as number));
}

function dot(path: Path2D, x: number, y: number, radius: number): void {
  path.moveTo(x + radius, y);
  path.arc(x, y, radius, 0, Math.PI * 2);
}

function px(u: Scales, value: number): number {
  return u.valToPos(value, 'x', true);
}

function py(u: Scales, value: number): number {
  return u.valToPos(value, 'y', true);
}

function zero(u: Scales): number {
  const { min = 0, max = 0 } = u.scales['y'] ?? {};
  return Math.max(min, Math.min(0, max));
}
