import type { TextRangeHeader } from '#core/api/text-query.ts';
import type { Labels } from '#core/model/labels.ts';
import { greatest } from './live-columns.ts';

/** A series of an answer; `min` and `max` are `avg` where there is no band. */
export type AnswerLine = {
  readonly labels: Labels;
  readonly avg: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
};

export type Grid = { readonly start: number; readonly step: number; readonly points: number };

/** The series of an answer, at most `limit`: those with the greatest values. */
export function linesOf(
  header: TextRangeHeader,
  columns: readonly Float64Array[],
  limit: number,
): readonly AnswerLine[] {
  const width = header.band ? 3 : 1;
  const lines = header.series.map(({ labels }, index): AnswerLine => {
    const avg = columns[index * width] as Float64Array;
    const min = header.band ? (columns[index * width + 1] as Float64Array) : avg;
    const max = header.band ? (columns[index * width + 2] as Float64Array) : avg;
    return { labels, avg, min, max };
  });
  if (lines.length <= limit) return lines;
  const indexes = greatest(
    lines.map(({ avg }) => avg),
    limit,
  );
  return indexes.map((index) => lines[index] as AnswerLine);
}

type Part = { readonly header: Grid; readonly shiftMs: number };

/** The finest grid of the parts, over all of them. */
export function gridOver(parts: readonly Part[]): Grid {
  const step = Math.min(...parts.map(({ header }) => header.step));
  const start = Math.min(...parts.map(({ header, shiftMs }) => header.start + shiftMs));
  const end = Math.max(...parts.map(({ header, shiftMs }) => header.start + shiftMs + header.points * header.step));
  return { start, step, points: Math.max(0, Math.round((end - start) / step)) };
}

/** A column of one grid on another; itself when they are the same. */
export function onGrid(column: Float64Array, from: Grid, to: Grid): Float64Array {
  if (from.step === to.step && from.start === to.start && from.points === to.points) return column;
  const out = new Float64Array(to.points).fill(Number.NaN);
  for (let i = 0; i < to.points; i++) {
    const at = Math.floor((to.start + i * to.step - from.start) / from.step);
    if (at >= 0 && at < column.length) out[i] = column[at] as number;
  }
  return out;
}
