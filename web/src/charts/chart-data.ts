import type { SeriesLook } from '#core/api/panel-display.ts';
import type { Resolution } from '#core/api/query.ts';
import type { QueryAnnotation, TableHeader, TextStats } from '#core/api/text-query.ts';
import type { Labels } from '#core/model/labels.ts';

/** One line of a chart. `key` identifies it across refreshes and pages: colour and "hidden" follow it. */
export type ChartSeries = {
  readonly key: string;
  readonly name: string;
  readonly labels: Labels;
  /** Which of the chart's queries it came from. */
  readonly query: number;
  /** The key of the same series now, when this one is of an earlier time: drawn dashed, in the same colour. */
  readonly before?: string;
  /** What its panel says about this series alone. */
  readonly look?: SeriesLook;
};

/**
 * What a chart draws now: one shared time column (ms) and one column a series, NaN = no data. `min` and `max` are there
 * when the values are averages of a rollup. Columns may be reused by the source: copy what must stay.
 */
export type ChartData = {
  readonly series: readonly ChartSeries[];
  readonly t: Float64Array;
  readonly values: readonly Float64Array[];
  readonly min?: readonly Float64Array[];
  readonly max?: readonly Float64Array[];
  readonly from: number;
  readonly to: number;
  readonly step: number;
};

/** What is said about the data beside the picture. A new object when something in it changed, never per sample. */
export type ChartStatus = {
  readonly kind: 'loading' | 'ready' | 'error';
  readonly error?: { readonly code: string; readonly message: string; readonly raw?: string };
  /** Series that matched, of which `series` are drawn. */
  readonly total: number;
  /** True when the server left series out: `total` is a lower bound. */
  readonly truncated: boolean;
  readonly series: readonly ChartSeries[];
  readonly unit: string;
  readonly resolution?: Resolution;
  readonly step: number;
  /** The series are in an order that was asked for: a legend keeps it. */
  readonly sorted?: boolean;
  /** How often samples come, ms; 0 = not known yet. */
  readonly paceMs?: number;
  /** A span whose samples came too late to be drawn and are being fetched again, ms. */
  readonly gap?: { readonly from: number; readonly to: number };
  readonly stats?: TextStats;
  /** Rows that have no time, of SQL. */
  readonly tables?: readonly TableHeader[];
  readonly annotations?: readonly QueryAnnotation[];
};

/** Where a chart reads from, outside React: `listen` is told of new samples, `status` changes only with what is said. */
export type ChartSource = {
  readonly read: () => ChartData;
  readonly status: () => ChartStatus;
  readonly listen: (listener: () => void) => () => void;
  /** Time of the newest sample in ms, -Infinity when there is none. */
  readonly lastSampleAt: () => number;
};

/** The chart of no series. */
export const EMPTY_DATA: ChartData = { series: [], t: new Float64Array(0), values: [], from: 0, to: 1, step: 1_000 };
