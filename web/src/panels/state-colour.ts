import type { Threshold } from '#core/api/dashboard.ts';
import type { ChartTheme } from '#web/charts/chart-theme.ts';
import { statusOf } from './figure.ts';

/** The colour of a state: of its threshold where there are any, else one of the series' colours for each value. */
export function stateColour(value: number, thresholds: readonly Threshold[], theme: ChartTheme): string {
  if (thresholds.length > 0) {
    const status = statusOf(value, thresholds);
    return status === undefined ? theme.axis : theme.status[status];
  }
  const { series } = theme;
  return series[Math.abs(Math.round(value)) % series.length] ?? theme.axis;
}
