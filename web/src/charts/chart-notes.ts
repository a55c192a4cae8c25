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

/** How the answer was made: series matched, samples read, time taken, resolution. */
export function explainNote(status: ChartStatus, live: boolean): string {
  if (status.kind !== 'ready') return '';
  const { stats, total } = status;
  const step = `step ${formatStep(status.step)}`;
  if (live || stats === undefined) return `${total} series, live raw samples, ${step}`;
  const source = isRollup(status) ? `${status.resolution} rollup` : 'raw samples';
  return `${stats.seriesMatched} series matched, ${stats.samplesRead.toLocaleString('en')} samples read in ${Math.round(stats.ms)} ms, ${source}, ${step}`;
}
