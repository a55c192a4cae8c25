import { CanvasFigure } from '#web/panels/canvas-figure.tsx';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { drawRowFrame, fillCell, xOf } from '#web/panels/time-rows.ts';
import { bucketRows } from './bucket-rows.ts';

const ROWS = 100;
const POINTS = 200;

/** Each series a row; the greater a value, the stronger its colour. Cumulative buckets are told apart. */
export function HeatmapPanel({ panel, actions }: PanelProps) {
  return (
    <CanvasFigure
      {...{ panel, actions }}
      limit={ROWS}
      maxPoints={POINTS}
      describe={({ series }) => `${series.length} rows`}
      draw={(data, picture) => {
        const rows = bucketRows(data);
        const area = drawRowFrame(
          data,
          rows.map(({ name }) => name),
          picture,
        );
        const most = rows.reduce((max, { values }) => values.reduce((m, v) => (v > m ? v : m), max), 0);
        rows.forEach(({ values }, row) => {
          values.forEach((value, i) => {
            if (!(value > 0)) return;
            const t = data.t[i] as number;
            const strength = Math.round(30 + 225 * Math.sqrt(value / most));
            const colour = `${picture.theme.accent}${strength.toString(16).padStart(2, '0')}`;
            fillCell(picture, area, { row, from: xOf(data, t, area), to: xOf(data, t + data.step, area), colour });
          });
        });
      }}
    />
  );
}
