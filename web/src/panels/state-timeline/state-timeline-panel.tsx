import { joinParts } from '#web/format/value.ts';
import { CanvasFigure } from '#web/panels/canvas-figure.tsx';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { shownValue } from '#web/panels/shown-value.ts';
import { stateColour } from '#web/panels/state-colour.ts';
import { drawRowFrame, fillCell, xOf } from '#web/panels/time-rows.ts';
import { stateSpans } from './state-spans.ts';

const ROWS = 50;
const POINTS = 600;
const WORD_WIDTH = 34;

/** When each series was in which state, with its value where there is room. */
export function StateTimelinePanel({ panel, actions }: PanelProps) {
  return (
    <CanvasFigure
      {...{ panel, actions }}
      limit={ROWS}
      maxPoints={POINTS}
      describe={({ series }) => `states of ${series.length} series`}
      draw={(data, picture) => {
        const { context, theme, unit } = picture;
        const names = data.series.map(({ name }) => name);
        const area = drawRowFrame(data, names, picture);
        data.values.forEach((values, row) => {
          for (const { value, from, to } of stateSpans(values)) {
            const start = xOf(data, data.t[from] as number, area);
            const end = xOf(data, (data.t[to] as number) + data.step, area);
            const shown = shownValue(value, data.series[row], { ...panel, unit });
            fillCell(picture, area, { row, from: start, to: end, colour: stateColour(value, shown, panel, theme) });
            if (end - start < WORD_WIDTH || area.rowHeight < 14) continue;
            context.fillStyle = theme.panel;
            context.textAlign = 'left';
            context.fillText(joinParts(shown), start + 5, (row + 0.5) * area.rowHeight);
          }
        });
      }}
    />
  );
}
