import { CanvasFigure } from '#web/panels/canvas-figure.tsx';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { shownValue } from '#web/panels/shown-value.ts';
import { stateColour } from '#web/panels/state-colour.ts';
import { drawRowFrame, fillCell, xOf } from '#web/panels/time-rows.ts';

const ROWS = 50;
const CELLS = 60;

/** The status of each series in equal spans of time, a cell a span. */
export function StatusHistoryPanel({ panel, actions }: PanelProps) {
  return (
    <CanvasFigure
      {...{ panel, actions }}
      limit={ROWS}
      maxPoints={CELLS}
      describe={({ series }) => `the status of ${series.length} series over time`}
      draw={(data, picture) => {
        const names = data.series.map(({ name }) => name);
        const area = drawRowFrame(data, names, picture);
        const width = (data.to - data.from) / CELLS;
        const pace = Math.max(data.step, width);
        data.values.forEach((values, row) => {
          for (let i = 0; i < values.length; i++) {
            const value = values[i] as number;
            const t = data.t[i] as number;
            if (Number.isNaN(value) || (i > 0 && Math.floor(t / pace) === Math.floor((data.t[i - 1] as number) / pace)))
              continue;
            const from = xOf(data, t, area);
            const to = Math.max(from + 1, xOf(data, t + pace, area) - 2);
            const shown = shownValue(value, data.series[row], { ...panel, unit: picture.unit });
            const colour = stateColour(value, shown, panel, picture.theme);
            fillCell(picture, area, { row, from, to, colour });
          }
        });
      }}
    />
  );
}
