import type { Colour } from '#core/api/panel-display.ts';
import { PALETTE_SIZE } from './palette.ts';

/** Colours of a canvas, read from the tokens of the page. */
export type ChartTheme = {
  readonly series: readonly string[];
  readonly grid: string;
  readonly axis: string;
  readonly accent: string;
  readonly cursor: string;
  readonly panel: string;
  readonly font: string;
  readonly status: Readonly<Record<'ok' | 'warning' | 'major' | 'critical', string>>;
};

/** Reads the tokens that hold now: a canvas knows no custom properties. */
export function readChartTheme(root: Element): ChartTheme {
  const style = getComputedStyle(root);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    series: Array.from({ length: PALETTE_SIZE }, (_, index) => token(`--series-${index + 1}`)),
    grid: token('--grid'),
    axis: token('--text-3'),
    accent: token('--accent'),
    cursor: token('--line-strong'),
    panel: token('--panel'),
    font: `11px ${token('--font') || 'sans-serif'}`,
    status: {
      ok: token('--status-ok'),
      warning: token('--status-warning'),
      major: token('--status-major'),
      critical: token('--status-critical'),
    },
  };
}

/** A colour for a canvas. */
export function canvasColour(colour: Colour, theme: ChartTheme): string {
  if (colour.startsWith('#')) return colour;
  const [, number] = /^series-(\d)$/.exec(colour) ?? [];
  if (number !== undefined) return theme.series[Number(number) - 1] ?? theme.axis;
  return theme.status[colour as keyof ChartTheme['status']] ?? theme.axis;
}
