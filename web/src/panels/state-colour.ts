import type { Panel } from '#core/api/dashboard.ts';
import { type ChartTheme, canvasColour } from '#web/charts/chart-theme.ts';
import type { ShownValue } from './shown-value.ts';

/** The colour of a state: its own, of its limit where there are any, else one of the series' colours for each value. */
export function stateColour(
  value: number,
  { status, colour }: Pick<ShownValue, 'status' | 'colour'>,
  { thresholds }: Pick<Panel, 'thresholds'>,
  theme: ChartTheme,
): string {
  const own = status ?? colour;
  if (own !== undefined) return canvasColour(own, theme);
  const { series } = theme;
  return thresholds.length > 0 ? theme.axis : (series[Math.abs(Math.round(value)) % series.length] ?? theme.axis);
}
