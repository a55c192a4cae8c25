import type uPlot from 'uplot';
import type { SeriesLook } from '#core/api/panel-display.ts';
import { timeAxisLabels } from '#web/format/time.ts';
import { axisLabels } from '#web/format/value.ts';
import type { ChartSeries } from './chart-data.ts';
import { type ChartTheme, canvasColour } from './chart-theme.ts';
import { barPath, linePath, pointPath, rightScales } from './line-path.ts';
import { stylesOf } from './palette.ts';
import type { PlotInput, PlotState } from './plot-input.ts';
import { drawBands, drawEvents, drawThresholds } from './plot-marks.ts';

/** Without a GPU a line of one pixel is drawn many times faster than any other width: small charts come in dozens. */
const LINE_WIDTH = 1;
const LARGE_LINE_WIDTH = 1.5;
const LARGE_HEIGHT = 260;
const CHARACTER = 6.3;
/** Opacity of a line that is an area of its own. */
const AREA = 0.2;
const RIGHT_PADDING = 10;
/** Opacity of bars in a chart of lines. */
const MIXED_BARS = 0.45;

/** Options of the uPlot that draws this chart. */
export function plotOptions(input: PlotInput, theme: ChartTheme, state: PlotState): uPlot.Options {
  const styles = stylesOf(state.data.series);
  const colours = styles.map(({ colour }) => canvasColour(colour, theme));
  return {
    ...state.size,
    ms: 1,
    padding: [8, RIGHT_PADDING, 0, 0],
    legend: { show: false },
    cursor: cursorOptions(input, theme, colours),
    select: { show: true, left: 0, top: 0, width: 0, height: 0 },
    scales: {
      x: { time: true, auto: false, range: (_u, min, max) => [min, max] },
      y: { auto: false, range: (_u, min, max) => [min, max] },
      right: { auto: false, range: (_u, min, max) => [min, max] },
    },
    axes: axes(input, theme, state),
    series: [
      {},
      ...state.data.series.map(({ key, before, look }, index) => ({
        show: !state.hidden.has(key),
        scale: look?.axis === 'right' ? 'right' : 'y',
        stroke: colours[index] as string,
        width: state.size.height >= LARGE_HEIGHT ? LARGE_LINE_WIDTH : LINE_WIDTH,
        dash: [...(styles[index]?.dash ?? [])],
        fill: withAlpha(colours[index] as string, before !== undefined ? 0 : opacityOf(input, look)),
        points: { show: false },
        paths: pathsOf(input, state, index),
      })),
    ],
    hooks: {
      drawAxes: [(u) => drawBands(u, state, colours)],
      draw: [(u) => drawThresholds(u, input.thresholds, theme), (u) => drawEvents(u, input.marks(), theme)],
      setSelect: [(u) => selected(u, input)],
      setCursor: [() => input.onCursor()],
    },
  };
}

function cursorOptions(input: PlotInput, theme: ChartTheme, colours: readonly string[]): uPlot.Cursor {
  return {
    x: true,
    y: false,
    drag: { x: true, y: false, setScale: false, dist: 5 },
    bind: {
      dblclick: () => () => {
        input.onZoomOut();
        return null;
      },
    },
    dataIdx: (u, series, index) => (series > 0 && Number.isNaN(u.data[series]?.[index] ?? Number.NaN) ? null : index),
    points: {
      size: 7,
      width: 1.5,
      stroke: (_u, series) => colours[series - 1] ?? theme.axis,
      fill: theme.panel,
    },
    sync: {
      key: 'time',
      scales: ['x', null],
      setSeries: false,
      filters: {
        pub: (type) => type === 'mousemove' || type === 'mouseleave',
        sub: () => input.isAwake(),
      },
    },
  };
}

function axes(input: PlotInput, theme: ChartTheme, state: PlotState): uPlot.Axis[] {
  const onRight = state.data.series.filter(({ look }) => look?.axis === 'right');
  const shared = {
    stroke: theme.axis,
    font: theme.font,
    ticks: { show: false },
    grid: { stroke: theme.grid, width: 1 },
  };
  return [
    {
      ...shared,
      size: 22,
      gap: 4,
      space: 84,
      grid: { show: false },
      values: (u, ticks, _axis, _space, step) => withoutCut(u, ticks, timeAxisLabels(ticks, step)),
    },
    {
      ...shared,
      gap: 6,
      splits: () => [...state.axis('left').ticks],
      values: (_u, ticks) => axisLabels(ticks, leftUnit(state.data.series, input.unit)),
      size: labelWidth,
    },
    ...(onRight.length === 0
      ? []
      : [
          {
            ...shared,
            scale: 'right',
            side: 1 as const,
            gap: 6,
            grid: { show: false },
            splits: () => [...state.axis('right').ticks],
            values: (_u: uPlot, ticks: number[]) => axisLabels(ticks, onRight[0]?.look?.unit ?? input.unit),
            size: labelWidth,
          },
        ]),
  ];
}

const labelWidth = (_u: uPlot, labels: string[] | null): number =>
  Math.ceil(Math.max(3, ...(labels ?? []).map(({ length }) => length)) * CHARACTER + 12);

/** The panel's unit, unless all lines at the left have the same other one. */
function leftUnit(series: readonly ChartSeries[], unit: string): string {
  const units = new Set(series.filter(({ look }) => look?.axis !== 'right').map(({ look }) => look?.unit ?? unit));
  return units.size === 1 ? ([...units][0] ?? unit) : unit;
}

type LineShape = { readonly style: 'line' | 'bars' | 'points'; readonly fill: number };

function shapeOf(input: PlotInput, look: SeriesLook | undefined): LineShape {
  const style = look?.style ?? input.style;
  if (look?.fill !== undefined) return { style: style === 'area' ? 'line' : style, fill: look.fill };
  if (style === 'area') return { style: 'line', fill: Math.max(input.fill, AREA) };
  return { style, fill: look?.style === 'line' ? 0 : input.fill };
}

function opacityOf(input: PlotInput, look: SeriesLook | undefined): number {
  const { style, fill } = shapeOf(input, look);
  if (style === 'line') return fill;
  // Bars among lines must not hide them.
  return look?.fill ?? (style === 'bars' && input.style !== 'bars' ? MIXED_BARS : 1);
}

/** A label that would be cut off at the right end is left out. */
function withoutCut(u: uPlot, ticks: readonly number[], labels: readonly string[]): string[] {
  const end = u.bbox.width / devicePixelRatio + RIGHT_PADDING;
  return labels.map((label, index) =>
    u.valToPos(ticks[index] as number, 'x') + (label.length * CHARACTER) / 2 > end ? '' : label,
  );
}

function pathsOf(input: PlotInput, state: PlotState, index: number): uPlot.Series.PathBuilder {
  const { style, fill: opacity } = shapeOf(input, state.data.series[index]?.look);
  const build = { line: linePath, bars: barPath, points: pointPath }[style];
  return (u, series, from, to) => {
    const { stroke, fill } = build({
      u: state.data.series[index]?.look?.axis === 'right' ? rightScales(u) : u,
      x: u.data[0] as Float64Array,
      y: u.data[series] as Float64Array,
      floor: state.floor(index),
      from,
      to,
      filled: opacity > 0,
      reach: state.reach(index),
    });
    return fill === undefined ? { stroke } : { stroke, fill };
  };
}

function selected(u: uPlot, input: PlotInput): void {
  const { left, width } = u.select;
  if (width <= 0) return;
  const from = u.posToVal(left, 'x');
  const to = u.posToVal(left + width, 'x');
  u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  if (to - from >= 1_000) input.onZoom(from, to);
}

/** A hex colour with an opacity. */
export function withAlpha(hex: string, alpha: number): string {
  const byte = Math.round(Math.min(1, Math.max(0, alpha)) * 255);
  return /^#[0-9a-f]{6}$/i.test(hex) ? hex + byte.toString(16).padStart(2, '0') : hex;
}
