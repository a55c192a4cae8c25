import type { LineSeriesOption } from 'echarts/charts';
import type { XAXisOption, YAXisOption } from 'echarts/types/dist/shared';
import { axisNumber } from './axis-number.ts';
import type { ChartAxis, ChartSpec } from './chart-spec.ts';
import { fitWidth, pointsFor } from './fit-width.ts';
import { legendGraphics, textGraphic } from './legend-graphics.ts';
import { layoutLegend } from './legend-layout.ts';
import { seriesOptions } from './series-option.ts';
import { FONT, type PictureTheme, themeOf } from './theme.ts';
import { zoneShift } from './zone-shift.ts';

const MARGIN = 12;
/** Above so many series lines are thin. */
const CROWD = 16;
const TIME_LABELS = {
  year: '{yyyy}',
  month: '{MMM}',
  day: '{MMM} {d}',
  hour: '{HH}:{mm}',
  minute: '{HH}:{mm}',
  second: '{HH}:{mm}:{ss}',
};
const FONT_SIZE = 11;

/** A chart as ECharts takes it. */
export function chartOption(spec: ChartSpec): Record<string, unknown> {
  const theme = themeOf(spec);
  const fontSize = spec.fontSize ?? FONT_SIZE;
  const margin = spec.margin ?? MARGIN;
  const isEmpty = spec.series.every(({ values }) => values.every(Number.isNaN));
  const legend = layoutLegend(spec, fontSize);
  const range = extentOf(spec);
  const shift = zoneShift(range, spec.timeZone ?? 'UTC');
  const hasRight = spec.series.some(({ axis }) => axis === 'right');
  const top = margin + (spec.title === undefined ? 4 : fontSize + 14) + (axisTitles(spec) ? fontSize + 6 : 0);
  const hidden = new Set(spec.hide ?? []);
  const hasLabels = !hidden.has('axes');
  const legendTop = spec.height - margin - legend.height;
  return {
    animation: false,
    useUTC: true,
    backgroundColor: theme.background,
    textStyle: { fontFamily: FONT, fontSize, color: theme.text },
    ...(spec.title === undefined ? {} : { title: titleOption(spec.title, theme, { fontSize, margin }) }),
    grid: {
      left: margin,
      right: margin + (hasRight ? 0 : 4),
      top,
      bottom: margin + legend.height,
      outerBoundsMode: hasLabels ? 'same' : 'none',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: timeAxis(spec, { theme, fontSize, from: shift(range.from), until: shift(range.until) }),
    yAxis: [
      valueAxis(spec.left ?? {}, { spec, theme, fontSize }),
      ...(hasRight ? [{ ...valueAxis(spec.right ?? {}, { spec, theme, fontSize }), splitLine: { show: false } }] : []),
    ],
    series: [...drawn(spec, { theme, hasRight, shift }), lines(spec, { theme, shift, fontSize })],
    graphic: [
      ...legendGraphics(legend, { spec, theme, fontSize, left: margin, top: legendTop }),
      ...(isEmpty ? [textGraphic(spec, { text: spec.empty ?? 'No data', theme, fontSize: fontSize + 4 })] : []),
    ],
  };
}

function axisTitles(spec: ChartSpec): boolean {
  return spec.left?.label !== undefined || spec.right?.label !== undefined;
}

function titleOption(text: string, theme: PictureTheme, at: { fontSize: number; margin: number }): object {
  const textStyle = { color: theme.text, fontSize: at.fontSize + 3, fontWeight: 'bold', fontFamily: FONT };
  return { text, left: 'center', top: at.margin - 2, padding: 0, textStyle };
}

/** The time range of a chart, ms. */
function extentOf({ series, from, until }: ChartSpec): { from: number; until: number } {
  const first = from ?? series.reduce((least, each) => Math.min(least, each.start), Number.POSITIVE_INFINITY);
  const last =
    until ??
    series.reduce(
      (most, each) => Math.max(most, each.start + each.values.length * each.step),
      Number.NEGATIVE_INFINITY,
    );
  if (Number.isFinite(first) && last > first) return { from: first, until: last };
  return Number.isFinite(first) ? { from: first, until: first + 60_000 } : { from: 0, until: 86_400_000 };
}

type AxisLook = { readonly theme: PictureTheme; readonly fontSize: number };

function timeAxis(spec: ChartSpec, at: AxisLook & { from: number; until: number }): XAXisOption {
  const { theme, fontSize, from, until } = at;
  const hide = spec.hide ?? [];
  const isShown = !hide.includes('axes') && !hide.includes('xAxis');
  return {
    type: 'time',
    min: from,
    max: until,
    show: isShown,
    axisLine: { lineStyle: { color: theme.quiet } },
    axisTick: { lineStyle: { color: theme.quiet } },
    axisLabel: { color: theme.quiet, fontSize, hideOverlap: true, fontFamily: FONT, formatter: TIME_LABELS },
    splitLine: { show: !hide.includes('grid'), lineStyle: { color: theme.line } },
    splitNumber: Math.max(2, Math.floor(spec.width / 110)),
  };
}

function valueAxis(axis: ChartAxis, at: AxisLook & { spec: ChartSpec }): YAXisOption {
  const { spec, theme, fontSize } = at;
  const hide = spec.hide ?? [];
  const isLog = (axis.logBase ?? 0) > 1;
  return {
    ...(isLog ? { type: 'log' as const, logBase: axis.logBase ?? 10 } : { type: 'value' as const, scale: true }),
    show: !hide.includes('axes') && !hide.includes('yAxis'),
    ...(axis.min === undefined ? {} : { min: axis.min }),
    ...(axis.max === undefined ? {} : { max: axis.max }),
    ...(axis.label === undefined
      ? {}
      : {
          name: axis.label,
          nameTextStyle: { color: theme.quiet, fontSize, fontFamily: FONT },
          nameLocation: 'end' as const,
        }),
    axisLabel: {
      color: theme.quiet,
      fontSize,
      fontFamily: FONT,
      formatter: (value: number) => axisNumber(value, axis.unit ?? 'si'),
    },
    splitLine: { show: !hide.includes('grid'), lineStyle: { color: theme.line } },
    splitNumber: Math.max(2, Math.min(8, Math.floor(spec.height / 60))),
  };
}

type Drawing = { readonly theme: PictureTheme; readonly shift: (time: number) => number };

function drawn(spec: ChartSpec, how: Drawing & { hasRight: boolean }): LineSeriesOption[] {
  const most = pointsFor(spec.width, spec.series.length);
  return spec.series.flatMap((series, index) => {
    const isLog = ((series.axis === 'right' ? spec.right : spec.left)?.logBase ?? 0) > 1;
    return seriesOptions(fitWidth(series, most), { ...how, index, isLog, isCrowded: spec.series.length > CROWD });
  });
}

/** Thresholds and marks, of a series that has no points. */
function lines(spec: ChartSpec, how: Drawing & { fontSize: number }): LineSeriesOption {
  const { theme, fontSize, shift } = how;
  const look = (color: string, label: string | undefined) => ({
    lineStyle: { color, width: 1.5, type: [5, 3] },
    label: {
      show: label !== undefined,
      formatter: label ?? '',
      color,
      fontSize,
      fontFamily: FONT,
      position: 'insideEndTop' as const,
    },
  });
  const data = [
    ...(spec.thresholds ?? []).map((each) => ({
      yAxis: each.value,
      ...look(each.color ?? theme.threshold, each.label),
    })),
    ...(spec.marks ?? []).map((each) => ({ xAxis: shift(each.time), ...look(each.color ?? theme.quiet, each.label) })),
  ];
  return { type: 'line', data: [], markLine: { symbol: 'none', silent: true, data } };
}
