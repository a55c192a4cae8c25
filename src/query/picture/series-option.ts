import type { LineSeriesOption } from 'echarts/charts';
import type { ChartSeries } from './chart-spec.ts';
import { type PictureTheme, styleAt } from './theme.ts';

type Place = {
  readonly theme: PictureTheme;
  readonly index: number;
  readonly hasRight: boolean;
  readonly isLog: boolean;
  /** Many series share the picture: their lines are thin. */
  readonly isCrowded: boolean;
  readonly shift: (time: number) => number;
};

/** Vertical lines that one series may draw. */
const MAX_INFINITE = 500;
const AREA_OF_BAND = 0.3;

/** One series of a chart as ECharts draws it: bands are two, of which the lower cannot be seen. */
export function seriesOptions(series: ChartSeries, place: Place): LineSeriesOption[] {
  if (series.draw === 'infinite') return [infinite(series, place)];
  const main = line(series, place);
  if (series.floor === undefined) return [main];
  const stack = `band ${place.index}`;
  const { floor } = series;
  const height = series.values.map((value, i) => value - (floor[i] ?? Number.NaN));
  const area = { color: main.lineStyle?.color as string, opacity: series.fill ?? AREA_OF_BAND };
  return [
    { ...line({ ...series, values: floor }, place), stack, stackStrategy: 'all', areaStyle: { opacity: 0 } },
    { ...line({ ...series, values: height }, place), stack, stackStrategy: 'all', areaStyle: area },
  ];
}

function line(series: ChartSeries, place: Place): LineSeriesOption {
  const style = styleAt(place.theme, place.index);
  const color = series.color ?? style.color;
  const dash = series.dash === undefined ? style.dash : [series.dash, series.dash];
  const isStack = series.stack !== undefined;
  return {
    type: 'line',
    name: series.name,
    data: points(series, place),
    symbol: isLonely(series.values) ? 'circle' : 'none',
    symbolSize: 4,
    itemStyle: { color },
    yAxisIndex: series.axis === 'right' && place.hasRight ? 1 : 0,
    connectNulls: series.draw === 'connected',
    ...(series.draw === 'staircase' ? { step: 'end' as const } : {}),
    ...(isStack ? { stack: series.stack ?? '', stackStrategy: 'samesign' as const } : {}),
    lineStyle: {
      color,
      width: series.width ?? (place.isCrowded ? 1 : 1.5),
      opacity: series.opacity ?? 1,
      ...(dash === undefined ? {} : { type: [...dash] }),
    },
    ...(series.fill === undefined ? {} : { areaStyle: { color, opacity: series.fill } }),
  };
}

function points({ values, start, step }: ChartSeries, { shift, isLog }: Place): [number, number | null][] {
  return Array.from(values, (value, i) => {
    const isDrawn = Number.isFinite(value) && (!isLog || value > 0);
    return [shift(start + i * step), isDrawn ? value : null];
  });
}

/** Points without known neighbours make no line: they are drawn as dots. */
function isLonely(values: Float64Array): boolean {
  let known = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    known++;
    if (!Number.isNaN(values[i - 1] ?? Number.NaN)) return false;
  }
  return known > 0;
}

function infinite(series: ChartSeries, place: Place): LineSeriesOption {
  const { values, start, step } = series;
  const color = series.color ?? styleAt(place.theme, place.index).color;
  const times = Array.from(values, (value, i) => (value !== 0 && !Number.isNaN(value) ? start + i * step : undefined));
  const drawn = times.filter((time) => time !== undefined).slice(0, MAX_INFINITE);
  return {
    type: 'line',
    name: series.name,
    data: [],
    markLine: {
      symbol: 'none',
      silent: true,
      label: { show: false },
      lineStyle: { color, type: 'solid', width: series.width ?? 1.5, opacity: series.opacity ?? 1 },
      data: drawn.map((time) => ({ xAxis: place.shift(time) })),
    },
  };
}
