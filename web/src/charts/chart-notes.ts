import { formatDuration, formatStep } from '#web/format/duration.ts';
import type { ChartStatus } from './chart-data.ts';

/** How fine the drawn values are: `1 s`, or that averages of a rollup are drawn with their extremes. */
export function resolutionNote({ resolution, step }: ChartStatus, banded: boolean): string {
  if (step <= 0) return '';
  const text = formatStep(step);
  if (resolution === undefined || resolution === 'raw') return text;
  return banded ? `${text} avg, min–max band` : `${text} avg`;
}

/** That samples are missing because the viewer was too slow; they are being fetched again. */
export function gapNote({ gap }: ChartStatus): string | undefined {
  return gap === undefined ? undefined : `gap ${formatDuration(Math.max(1_000, gap.to - gap.from))}, refilling`;
}

/** `6 of 312 series`, or undefined when all are drawn. */
export function seriesNote({ series, total, truncated }: ChartStatus): string | undefined {
  if (series.length >= total && !truncated) return undefined;
  return `${series.length} of ${total}${truncated ? '+' : ''} series`;
}

/** True when averages of stored rollups are drawn, not samples. */
export function isRollup({ resolution }: ChartStatus): boolean {
  return resolution !== undefined && resolution !== 'raw';
}

/** How the answer was made: series matched, samples read, time taken and where it went, resolution. */
export function explainNote(status: ChartStatus, live: boolean): string {
  if (status.kind !== 'ready') return '';
  const { stats, total } = status;
  const step = status.step > 0 ? `, step ${formatStep(status.step)}` : '';
  if (live || stats === undefined) return `${total} series, live raw samples${step}`;
  const { seriesMatched, samplesRead, ms, selectMs, evaluateMs } = stats;
  if (status.series.length === 0 && status.tables !== undefined) {
    return `${samplesRead.toLocaleString('en')} rows in ${Math.round(ms)} ms`;
  }
  const parts =
    selectMs === undefined || evaluateMs === undefined
      ? ''
      : ` (${milliseconds(selectMs)} select, ${milliseconds(evaluateMs)} evaluate)`;
  const source = isRollup(status) ? `${status.resolution} rollup` : 'raw samples';
  return `${seriesMatched} series matched, ${samplesRead.toLocaleString('en')} samples read in ${Math.round(ms)} ms${parts}, ${source}${step}`;
}

const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
