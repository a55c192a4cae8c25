export type { ChartAxis, ChartSeries, ChartSpec } from './chart-spec.ts';
export { pngOf } from './draw.ts';
export { Painter } from './painter.ts';
