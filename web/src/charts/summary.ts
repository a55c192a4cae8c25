import type { ChartData } from './chart-data.ts';
import { formatLine } from './line-format.ts';
import { lineStatistics } from './statistics.ts';

const SPOKEN_SERIES = 6;

/** A chart in words, for those who do not see it: per line last, min, max and where it goes. */
export function summarise(title: string, data: ChartData, unit: string): string {
  if (data.series.length === 0) return `${title}: no data`;
  const lines = data.series.slice(0, SPOKEN_SERIES).map(({ name }, index) => {
    const { last, min, max } = lineStatistics(data, index);
    if (Number.isNaN(last)) return `${name}: no data`;
    const [now, low, high] = [last, min, max].map((value) => formatLine(value, data.series[index], { unit }));
    return `${name}: ${now}, min ${low}, max ${high}, ${trend(data.values[index] as Float64Array, max - min)}`;
  });
  const rest = data.series.length - lines.length;
  return `${title}. ${lines.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

/** Compares the means of the first and last quarter. */
function trend(values: Float64Array, range: number): string {
  const quarter = Math.max(1, values.length >> 2);
  const change = mean(values.subarray(values.length - quarter)) - mean(values.subarray(0, quarter));
  if (Number.isNaN(change) || range === 0 || Math.abs(change) < range * 0.2) return 'steady';
  return change > 0 ? 'rising' : 'falling';
}

function mean(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}
