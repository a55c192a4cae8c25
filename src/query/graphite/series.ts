import type { Labels } from '#core/model/labels.ts';
import type { Drawing } from './drawing.ts';

/** A series under evaluation. Functions never change one: they return new ones. NaN = None; times in seconds. */
export type Series = {
  readonly name: string;
  /** The expression that this series came from; names of combining functions are made of it. */
  readonly pathExpression: string;
  readonly start: number;
  /** Exclusive, but never shorter than what should be shown: points later than `end` are not rendered. */
  readonly end: number;
  readonly step: number;
  readonly values: Float64Array;
  readonly tags: Labels;
  /** How points are merged when fewer are wanted. */
  readonly consolidation: string;
  /** Share of points (0–1) that must be known when points are merged. */
  readonly xFilesFactor: number;
  /** What drawing functions have asked for. */
  readonly drawing?: Drawing;
};

/** The parts of a series that have defaults. */
export type SeriesInit = Pick<Series, 'name' | 'start' | 'end' | 'step' | 'values'> & Partial<Series>;

/** A new series; the path expression is its name and the only tag is `name` unless given. */
export function makeSeries(init: SeriesInit): Series {
  return {
    pathExpression: init.name,
    tags: { name: init.name },
    consolidation: 'average',
    xFilesFactor: 0,
    ...init,
  };
}

/** The series under a new name that is also its new path expression. */
export function renamed(series: Series, name: string, change: Partial<Series> = {}): Series {
  return { ...series, name, pathExpression: name, ...change };
}

/** The series with more wishes about how it is drawn. */
export function drawnAs(series: Series, drawing: Drawing): Series {
  return { ...series, drawing: { ...series.drawing, ...drawing } };
}

/** The tags of a series and one more. */
export function withTag(series: Series, tag: string, value: string | number): Labels {
  return { ...series.tags, [tag]: String(value) };
}

/** Every value through `f`, as a new array unless given. None comes in as NaN and NaN goes out as None. */
export function mapValues(
  values: Float64Array,
  f: (value: number, index: number) => number,
  out: Float64Array = new Float64Array(values.length),
): Float64Array {
  for (let i = 0; i < values.length; i++) out[i] = f(values[i] as number, i);
  return out;
}

/** A series of `length` times the same value. */
export function filled(length: number, value: number): Float64Array {
  return new Float64Array(Math.max(0, length)).fill(value);
}

/** The longest number of values in a list. */
export function maxLength(list: readonly Series[]): number {
  return list.reduce((max, series) => Math.max(max, series.values.length), 0);
}

/** The distinct path expressions in order, joined by commas. */
export function pathExpressions(list: readonly Series[]): string {
  return [...new Set(list.map((series) => series.pathExpression))].join(',');
}
