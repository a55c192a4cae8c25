import { axisNumber } from './axis-number.ts';
import type { ChartSeries, ChartSpec } from './chart-spec.ts';

/** One cell of the legend: where its text stands and what it says. */
export type LegendCell = { readonly x: number; readonly y: number; readonly text: string; readonly index: number };

/** The legend below a chart, pixels; cells are relative to its upper left corner. */
export type LegendLayout = {
  readonly height: number;
  readonly cells: readonly LegendCell[];
  /** Series that found no room. */
  readonly omitted: number;
};

/** Room for the swatch before a text and the gap behind it, pixels. */
const SWATCH = 20;
const GAP = 14;
/** Between the chart and its legend, pixels. */
export const LEGEND_GAP = 10;
/** Share of the picture that the legend may take. */
const SHARE = 0.42;
/** Mean width of a character of the font, in sizes of it. */
const CHARACTER = 0.59;

/** Lays the legend out in columns as wide as its longest text; texts longer than the picture are cut. */
export function layoutLegend(spec: ChartSpec, fontSize: number): LegendLayout {
  const listed = [...spec.series.entries()].filter(([index]) => spec.unlisted?.has(index) !== true);
  if (spec.legend === 'none' || listed.length === 0) return { height: 0, cells: [], omitted: 0 };
  const margin = spec.margin ?? 12;
  const width = Math.max(1, spec.width - 2 * margin);
  const character = fontSize * CHARACTER;
  const rowHeight = Math.round(fontSize * 1.6);
  const most = Math.max(4, Math.floor((width - SWATCH - GAP) / character));
  const texts = listed.map(([, series]) => cut(legendText(series, spec), most));
  const longest = Math.max(...texts.map((text) => text.length)) * character + SWATCH + GAP;
  const columns = Math.max(1, Math.min(texts.length, Math.floor(width / longest)));
  const rows = Math.max(1, Math.min(Math.ceil(texts.length / columns), Math.floor((spec.height * SHARE) / rowHeight)));
  const shown = Math.min(texts.length, rows * columns);
  const cells = texts.slice(0, shown).map((text, place) => ({
    x: (place % columns) * (width / columns),
    y: Math.floor(place / columns) * rowHeight,
    text,
    index: listed[place]?.[0] ?? place,
  }));
  const omitted = texts.length - shown;
  return { height: (rows + (omitted > 0 ? 1 : 0)) * rowHeight + LEGEND_GAP, cells, omitted };
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function legendText(series: ChartSeries, spec: ChartSpec): string {
  if (spec.legend !== 'values') return series.name;
  const unit = (series.axis === 'right' ? spec.right : spec.left)?.unit ?? 'si';
  const known = series.values.filter((value) => !Number.isNaN(value));
  const show = (value: number | undefined): string => axisNumber(value ?? Number.NaN, unit);
  const [least, most] = known.length === 0 ? [undefined, undefined] : extent(known);
  return `${series.name}  min ${show(least)}  max ${show(most)}  last ${show(known.at(-1))}`;
}

function extent(values: Float64Array): [number, number] {
  return values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}
