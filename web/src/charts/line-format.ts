import { formatValue } from '#web/format/value.ts';
import type { ChartSeries } from './chart-data.ts';

/** What the values of a chart are written with, where a line has no unit or decimals of its own. */
export type ValueLook = { readonly unit: string; readonly decimals?: number | undefined };

/** The unit and decimals of a line. */
export function lineFormat(line: ChartSeries | undefined, { unit, decimals }: ValueLook): ValueLook {
  return { unit: line?.look?.unit ?? unit, decimals: line?.look?.decimals ?? decimals };
}

/** A value of a line as a text. */
export function formatLine(value: number | undefined, line: ChartSeries | undefined, look: ValueLook): string {
  const { unit, decimals } = lineFormat(line, look);
  return formatValue(value, unit, decimals);
}
