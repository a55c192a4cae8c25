import { z } from 'zod';
import type { Threshold } from '#core/api/panel-display.ts';
import type { ChartData } from '#web/charts/chart-data.ts';
import { lineStatistics } from '#web/charts/statistics.ts';

/** How a line becomes one figure. */
export const FIGURES = ['last', 'avg', 'min', 'max'] as const;
export const Figure = z.enum(FIGURES);
export type Figure = z.infer<typeof Figure>;

/** Options of panels that show one figure a line. */
export const FigureOptions = z.object({ figure: Figure.default('last') });

/** The figure of one line; NaN when it has no value. */
export function figureOf(data: ChartData, index: number, figure: Figure): number {
  return lineStatistics(data, index)[figure];
}

/** The status of a value: of the greatest threshold that it reaches; undefined below all. */
export function statusOf(value: number, thresholds: readonly Threshold[]): Threshold['status'] | undefined {
  let reached: Threshold | undefined;
  for (const threshold of thresholds) {
    if (value >= threshold.value && (reached === undefined || threshold.value >= reached.value)) reached = threshold;
  }
  return reached?.status;
}

export const FIGURE_LABELS: readonly { readonly value: Figure; readonly label: string }[] = [
  { value: 'last', label: 'Newest value' },
  { value: 'avg', label: 'Average of the range' },
  { value: 'min', label: 'Least of the range' },
  { value: 'max', label: 'Greatest of the range' },
];
