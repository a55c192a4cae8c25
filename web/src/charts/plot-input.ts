import type { Threshold } from '#core/api/panel-display.ts';
import type { ValueAxis } from './axis-ticks.ts';
import type { ChartData } from './chart-data.ts';
import type { EventMark } from './event-marks.ts';

/** How a chart looks and what it tells. */
export type PlotInput = {
  readonly unit: string;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly stacked: boolean;
  /** Opacity of the area, 0..1. */
  readonly fill: number;
  readonly style: 'line' | 'bars' | 'points';
  readonly thresholds: readonly Threshold[];
  /** Asked for at each drawing: new events must not rebuild the chart. */
  readonly marks: () => readonly EventMark[];
  /** False stops the shared crosshair from moving this chart: it is out of view. */
  readonly isAwake: () => boolean;
  readonly onZoom: (fromMs: number, toMs: number) => void;
  readonly onZoomOut: () => void;
  readonly onCursor: () => void;
};

/** What changes with the data and is asked for while drawing. */
export type PlotState = {
  readonly size: { readonly width: number; readonly height: number };
  readonly data: ChartData;
  readonly hidden: ReadonlySet<string>;
  readonly axis: (side: 'left' | 'right') => ValueAxis;
  /** How far neighbours of a series may lie apart and still belong together, ms. */
  readonly reach: (index: number) => number;
  readonly floor: (index: number) => Float64Array | undefined;
  readonly band: (index: number) => { readonly low: Float64Array; readonly high: Float64Array } | undefined;
};
