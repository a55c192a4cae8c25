export type { ChartAxis, ChartMark, ChartSeries, ChartSpec, ChartThreshold, PieSpec } from './chart-spec.ts';
export { drawChart, drawPie, drawPng, pngOf } from './draw.ts';
export { type DrawJob, Painter } from './painter.ts';
