import type uPlot from 'uplot';
import type { Threshold } from '#core/api/dashboard.ts';
import type { ChartTheme } from './chart-theme.ts';
import { bandPath } from './line-path.ts';
import type { PlotState } from './plot-input.ts';

const BAND_ALPHA = 0.18;

/** The min–max bands of rollups, under the lines. */
export function drawBands(u: uPlot, state: PlotState, colours: readonly string[]): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.globalAlpha = BAND_ALPHA;
  colours.forEach((colour, index) => {
    const band = state.band(index);
    if (band === undefined || band.low.length === 0) return;
    ctx.fillStyle = colour;
    ctx.fill(bandPath(u, u.data[0] as Float64Array, band.low, band.high));
  });
  ctx.restore();
}

/** Limit lines over the lines, in the colour of their status; those outside of the axis are not drawn. */
export function drawThresholds(u: uPlot, thresholds: readonly Threshold[], theme: ChartTheme): void {
  const { ctx, bbox } = u;
  const { min = 0, max = 0 } = u.scales['y'] ?? {};
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
  for (const { value, status } of thresholds) {
    if (value < min || value > max) continue;
    const y = Math.round(u.valToPos(value, 'y', true)) + 0.5;
    ctx.strokeStyle = theme.status[status];
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}
