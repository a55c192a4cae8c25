/** A line, area, band or set of vertical lines of a picture. Value i is of `start + i * step` (ms); NaN = a gap. */
export type ChartSeries = {
  readonly name: string;
  readonly values: Float64Array;
  readonly start: number;
  readonly step: number;
  /** A CSS colour; that of the series' place in the palette unless given. */
  readonly color?: string;
  /** Pixels, 1.5 unless given. */
  readonly width?: number;
  /** Length of dashes, pixels; solid unless given. */
  readonly dash?: number;
  /** Opacity (0–1) of the line, 1 unless given. */
  readonly opacity?: number;
  /** Opacity (0–1) of the area under the line; none unless given. */
  readonly fill?: number;
  /** Series of one name are piled up. */
  readonly stack?: string;
  /** A lower line on the same grid: what lies between it and the values is filled. */
  readonly floor?: Float64Array;
  readonly axis?: 'left' | 'right';
  /** `infinite`: a vertical line at each value but zero. `slope` unless given; `connected` draws across gaps. */
  readonly draw?: 'slope' | 'staircase' | 'connected' | 'infinite';
};

/** One value axis. `unit` is how its numbers are shortened: by thousands or by 1024. */
export type ChartAxis = {
  readonly min?: number;
  readonly max?: number;
  readonly label?: string;
  readonly unit?: 'si' | 'binary' | 'none';
  /** Above 1: logarithmic. */
  readonly logBase?: number;
};

/** A horizontal line at a value of the left axis. */
export type ChartThreshold = { readonly value: number; readonly color?: string; readonly label?: string };

/** A vertical line at a time, ms. */
export type ChartMark = { readonly time: number; readonly color?: string; readonly label?: string };

/** A chart as data: the same for Graphite's `/render`, mails and reports. */
export type ChartSpec = {
  /** Pixels, 1–4000. */
  readonly width: number;
  readonly height: number;
  readonly title?: string;
  readonly theme?: 'light' | 'dark';
  /** CSS colours in place of the theme's. */
  readonly background?: string;
  readonly foreground?: string;
  /** Colours of series in order, in place of the theme's. */
  readonly palette?: readonly string[];
  /** ms; the extent of the series unless given. */
  readonly from?: number;
  readonly until?: number;
  /** A name of the tz database; UTC unless given. */
  readonly timeZone?: string;
  readonly left?: ChartAxis;
  readonly right?: ChartAxis;
  readonly series: readonly ChartSeries[];
  readonly thresholds?: readonly ChartThreshold[];
  readonly marks?: readonly ChartMark[];
  readonly legend?: 'none' | 'names' | 'values';
  /** Places of series that the legend leaves out. */
  readonly unlisted?: ReadonlySet<number>;
  readonly hide?: readonly ('axes' | 'xAxis' | 'yAxis' | 'grid')[];
  /** Pixels around everything, 12 unless given. */
  readonly margin?: number;
  /** Pixels, 11 unless given. */
  readonly fontSize?: number;
  /** What stands in the middle when no series has a value. */
  readonly empty?: string;
};

/** Parts of a whole, largest first. */
export type PieSpec = Pick<
  ChartSpec,
  'width' | 'height' | 'title' | 'theme' | 'background' | 'foreground' | 'palette' | 'fontSize' | 'empty'
> & {
  readonly slices: readonly { readonly name: string; readonly value: number }[];
};

/** The largest picture, pixels a side, and the most series in one. */
export const MAX_SIDE = 4000;
export const MAX_SERIES = 1000;
