import { formatValue } from '#web/format/value.ts';
import { CanvasFigure } from '#web/panels/canvas-figure.tsx';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { valueBuckets } from './value-buckets.ts';

const SERIES = 50;
const POINTS = 600;
const BUCKETS = 24;
const AXIS = 20;
const TOP = 16;
const LABEL_WIDTH = 64;

/** How often values of each size occur in the time of the page. */
export function HistogramPanel({ panel, actions }: PanelProps) {
  return (
    <CanvasFigure
      {...{ panel, actions }}
      limit={SERIES}
      maxPoints={POINTS}
      describe={({ values }) => `${valueBuckets(values, BUCKETS).length} ranges of values`}
      draw={({ values }, { context, width, height, theme, unit }) => {
        const buckets = valueBuckets(values, BUCKETS);
        const most = buckets.reduce((max, { count }) => Math.max(max, count), 1);
        const step = (width - 16) / Math.max(1, buckets.length);
        const every = Math.max(1, Math.ceil(LABEL_WIDTH / step));
        context.textAlign = 'center';
        context.textBaseline = 'middle';
        buckets.forEach(({ from, count }, index) => {
          const x = 8 + index * step;
          const size = ((height - AXIS - TOP) * count) / most;
          context.fillStyle = theme.series[0] ?? theme.accent;
          context.fillRect(x + 1, height - AXIS - size, Math.max(1, step - 2), size);
          context.fillStyle = theme.axis;
          if (count > 0 && step > 22) context.fillText(String(count), x + step / 2, height - AXIS - size - 8);
          if (index % every === 0)
            context.fillText(formatValue(from, unit, panel.decimals), x + step / 2, height - AXIS / 2);
        });
      }}
    />
  );
}
