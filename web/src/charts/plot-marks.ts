import type uPlot from 'uplot';
import type { Threshold } from '#core/api/panel-display.ts';
import type { Severity } from '#core/model/event.ts';
import type { ChartTheme } from './chart-theme.ts';
import type { EventMark } from './event-marks.ts';
import { bandPath, rightScales } from './line-path.ts';
import type { PlotState } from './plot-input.ts';

const BAND_ALPHA = 0.18;
const MARK_ALPHA = 0.75;
/** Half the width of a mark's foot, px. */
const FOOT = 4;
/** Charts this high have room for the words of a mark. */
const WORDS_HEIGHT = 220;
const WORDS_LENGTH = 28;

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
    const scales = state.data.series[index]?.look?.axis === 'right' ? rightScales(u) : u;
    ctx.fill(bandPath(scales, u.data[0] as Float64Array, band.low, band.high));
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

/** Events as thin lines with a foot: a square for what is grave, a triangle for the rest. */
export function drawEvents(u: uPlot, marks: readonly EventMark[], theme: ChartTheme): void {
  const { ctx, bbox } = u;
  const { min = 0, max = 0 } = u.scales['x'] ?? {};
  const ratio = devicePixelRatio;
  const bottom = bbox.top + bbox.height;
  ctx.save();
  ctx.globalAlpha = MARK_ALPHA;
  ctx.lineWidth = ratio;
  ctx.font = theme.font;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  let wordsEnd = Number.NEGATIVE_INFINITY;
  for (const { t, severity, text } of marks) {
    if (t < min || t > max) continue;
    const x = Math.round(u.valToPos(t, 'x', true)) + 0.5;
    ctx.strokeStyle = colourOf(severity, theme);
    ctx.fillStyle = ctx.strokeStyle;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bottom);
    ctx.stroke();
    drawFoot(ctx, { x, y: bottom, size: FOOT * ratio, isGrave: severity === 'critical' || severity === 'major' });
    if (bbox.height < WORDS_HEIGHT * ratio || x < wordsEnd) continue;
    const words = text.length > WORDS_LENGTH ? `${text.slice(0, WORDS_LENGTH - 1)}…` : text;
    const width = ctx.measureText(words).width;
    const left = Math.min(x + FOOT * ratio, bbox.left + bbox.width - width);
    ctx.fillText(words, left, bbox.top + 10 * ratio);
    wordsEnd = left + width;
  }
  ctx.restore();
}

type Foot = { readonly x: number; readonly y: number; readonly size: number; readonly isGrave: boolean };

function drawFoot(ctx: CanvasRenderingContext2D, { x, y, size, isGrave }: Foot): void {
  if (isGrave) {
    ctx.fillRect(x - size, y - 2 * size, 2 * size, 2 * size);
    return;
  }
  ctx.beginPath();
  ctx.moveTo(x - size, y);
  ctx.lineTo(x + size, y);
  ctx.lineTo(x, y - 1.6 * size);
  ctx.fill();
}

function colourOf(severity: Severity, theme: ChartTheme): string {
  if (severity === 'critical' || severity === 'major' || severity === 'warning' || severity === 'ok') {
    return theme.status[severity];
  }
  return severity === 'info' ? theme.accent : theme.axis;
}
