import type { ChartSpec } from './chart-spec.ts';
import { LEGEND_GAP, type LegendLayout } from './legend-layout.ts';
import { FONT, type PictureTheme, styleAt } from './theme.ts';

type Look = { readonly spec: ChartSpec; readonly theme: PictureTheme; readonly fontSize: number };

/** The legend as shapes: a line in the look of its series before each text. */
export function legendGraphics(legend: LegendLayout, at: Look & { left: number; top: number }): object[] {
  const { spec, theme, fontSize, left, top } = at;
  const rowHeight = Math.round(fontSize * 1.6);
  const cells = legend.cells.flatMap(({ x, y, text, index }) => {
    const series = spec.series[index];
    const style = styleAt(theme, index);
    const lineY = top + LEGEND_GAP + y + fontSize / 2;
    const dash = series?.dash === undefined ? style.dash : [series.dash, series.dash];
    const stroke = series?.color ?? style.color;
    return [
      {
        type: 'line',
        silent: true,
        shape: { x1: left + x, y1: lineY, x2: left + x + 14, y2: lineY },
        style: {
          stroke,
          lineWidth: 3,
          opacity: series?.opacity ?? 1,
          ...(dash === undefined ? {} : { lineDash: dash }),
        },
      },
      label(text, { x: left + x + 20, y: top + LEGEND_GAP + y, fill: theme.text, fontSize }),
    ];
  });
  if (legend.omitted === 0) return cells;
  const y = top + legend.height - rowHeight;
  return [...cells, label(`and ${legend.omitted} more`, { x: left, y, fill: theme.quiet, fontSize })];
}

function label(text: string, at: { x: number; y: number; fill: string; fontSize: number }): object {
  const { x, y, fill, fontSize } = at;
  return { type: 'text', silent: true, x, y, style: { text, fill, font: `${fontSize}px ${FONT}` } };
}

/** A text in the middle of the picture. */
export function textGraphic(
  spec: Pick<ChartSpec, 'width' | 'height'>,
  how: { readonly text: string; readonly theme: PictureTheme; readonly fontSize: number },
): object {
  const { text, theme, fontSize } = how;
  const style = { text, fill: theme.quiet, font: `${fontSize}px ${FONT}`, align: 'center', verticalAlign: 'middle' };
  return { type: 'text', silent: true, x: spec.width / 2, y: spec.height / 2, style };
}
