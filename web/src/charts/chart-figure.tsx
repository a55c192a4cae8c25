import { useEffect, useRef } from 'react';
import type { ChartSeries } from './chart-data.ts';
import { type ChartHandle, readoutValue } from './chart-handle.ts';
import { formatLine } from './line-format.ts';

export type ChartFigureProps = {
  /** Name of the line that is told, or `total` of all; by default the total of a stack, or the only line. */
  readonly figure: string | undefined;
  readonly stack: boolean;
  readonly series: readonly ChartSeries[];
  readonly handle: ChartHandle;
  readonly unit: string;
  readonly decimals: number | undefined;
};

/** The one number of a chart, at the right of its title: under the crosshair, else the newest. */
export function ChartFigure({ figure, stack, series, handle, unit, decimals }: ChartFigureProps) {
  const text = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const lines = linesOfFigure(figure ?? (stack ? 'total' : ''), series);
    return handle.listen(() => {
      if (text.current === null) return;
      const said =
        lines.length === 0 ? '' : formatLine(total(handle, lines), series[lines[0] ?? -1], { unit, decimals });
      if (text.current.textContent !== said) text.current.textContent = said;
    });
  }, [figure, stack, series, handle, unit, decimals]);
  return <span ref={text} data-figure="title" />;
}

/** Indexes of the lines that make up the figure; none when there is no such line or no obvious one. */
function linesOfFigure(figure: string, series: readonly ChartSeries[]): readonly number[] {
  if (figure === 'total' || series.length === 1) return series.map((_, index) => index);
  const index = series.findIndex(({ name }) => name === figure);
  return index < 0 ? [] : [index];
}

function total(handle: ChartHandle, lines: readonly number[]): number {
  const values = lines.map((index) => readoutValue(handle, index)).filter((value) => !Number.isNaN(value));
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0);
}
