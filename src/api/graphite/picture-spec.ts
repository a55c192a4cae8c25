import type { Series } from '#query/graphite/series.ts';
import { mapValues } from '#query/graphite/series.ts';
import type { ChartSeries, ChartSpec } from '#query/picture/index.ts';
import { cssColor } from './color.ts';
import type { PictureOptions } from './picture-options.ts';

/** Opacity of areas when the request says none. */
const AREA = { none: 0.6, first: 0.4, all: 0.3, stacked: 0.75 };

/** The chart of a render request: what drawing functions and parameters ask for. */
export function pictureSpec(
  list: readonly Series[],
  options: PictureOptions,
  request: { readonly from: number; readonly until: number; readonly timeZone: string },
): ChartSpec {
  const tops = new Map<string, Series>();
  const visible = list.filter(({ drawing }) => drawing?.edge !== 'lower');
  const drawn = visible.map((series, index) => {
    const lower = series.drawing?.edge === 'upper' ? list[list.indexOf(series) - 1] : under(series, tops);
    return chartSeries(series, options, { index, ...(lower === undefined ? {} : { lower }) });
  });
  const isShown = options.hasLegend(list.length);
  return {
    ...options.chart,
    series: drawn,
    from: request.from * 1000,
    until: request.until * 1000,
    timeZone: request.timeZone,
    legend: isShown ? 'names' : 'none',
    unlisted: new Set(unlisted(drawn, options)),
  };
}

/** The series on which a stacked one stands; it becomes the top of its stack. */
function under(series: Series, tops: Map<string, Series>): Series | undefined {
  const stack = series.drawing?.stack;
  if (stack === undefined) return undefined;
  const lower = tops.get(stack);
  tops.set(stack, series);
  return lower;
}

function chartSeries(
  series: Series,
  options: PictureOptions,
  at: { readonly index: number; readonly lower?: Series },
): ChartSeries {
  const { drawing = {} } = series;
  const axis = drawing.secondYAxis === true ? 'right' : 'left';
  const side = options.side[axis];
  const color = side.color ?? cssColor(drawing.color);
  const width = side.width ?? drawing.lineWidth ?? options.lineWidth;
  const dash = side.dash ?? drawing.dashed;
  const isInfinite = drawing.drawAsInfinite === true;
  const zeroed = (values: Float64Array): Float64Array =>
    options.nullAsZero && !isInfinite ? mapValues(values, (value) => (Number.isNaN(value) ? 0 : value)) : values;
  const area = isInfinite ? {} : areaOf(series, options, at);
  return {
    name: series.name,
    values: zeroed(series.values),
    start: series.start * 1000,
    step: series.step * 1000,
    axis,
    draw: isInfinite ? 'infinite' : options.lineMode,
    ...area,
    ...(at.lower === undefined || isInfinite ? {} : { floor: zeroed(at.lower.values) }),
    ...(color === undefined ? {} : { color }),
    ...(width === undefined ? {} : { width: Math.min(50, Math.max(0, width)) }),
    ...(dash === undefined || !(dash > 0) ? {} : { dash }),
    ...(drawing.alpha === undefined ? {} : { opacity: Math.min(1, Math.max(0, drawing.alpha)) }),
  };
}

function areaOf(
  { drawing = {} }: Series,
  { areaMode, areaAlpha }: PictureOptions,
  { index }: { readonly index: number },
): { fill?: number; stack?: string } {
  const isStack = areaMode === 'stacked' && drawing.stack === undefined && drawing.edge === undefined;
  const isFilled =
    isStack ||
    areaMode === 'all' ||
    (areaMode === 'first' && index === 0) ||
    drawing.stack !== undefined ||
    drawing.edge !== undefined;
  if (!isFilled) return {};
  const fill = Math.min(1, Math.max(0, drawing.alpha ?? areaAlpha ?? AREA[areaMode]));
  return isStack ? { fill, stack: drawing.secondYAxis === true ? 'right' : 'left' } : { fill };
}

/** Places of series that the legend leaves out: repeated names, and those without values where asked for. */
function unlisted(list: readonly ChartSeries[], options: PictureOptions): number[] {
  const names = new Set<string>();
  return list.flatMap(({ name, values }, index) => {
    const isRepeated = names.has(name);
    names.add(name);
    const isLeftOut = (options.uniqueLegend && isRepeated) || (options.withoutNull && values.every(Number.isNaN));
    return isLeftOut ? [index] : [];
  });
}
