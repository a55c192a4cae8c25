import type { TimeSpan } from '#core/model/time-span.ts';

/** Cells of the map of time; a power of two. */
const CELLS = 4_096;
const SECOND_MS = 1_000;

/** The times of rows that {@link coveredSeconds} is asked about. */
export type RowTimes = {
  readonly rows: number;
  /** The first and the last of the times, ms. */
  readonly oldest: number;
  readonly newest: number;
  /** The time of a row, ms. */
  readonly at: (row: number) => number;
};

/**
 * The seconds in which rows stand, as spans in order. Rows of more than about an hour are told in coarser pieces. A row
 * costs a few nanoseconds: it marks a cell of a map.
 */
export function coveredSeconds({ rows, oldest, newest, at }: RowTimes): TimeSpan[] {
  if (rows === 0) return [];
  const cellMs = SECOND_MS * 2 ** Math.max(0, Math.ceil(Math.log2((newest - oldest) / SECOND_MS / (CELLS - 2))));
  const first = Math.floor(oldest / cellMs);
  const marks = new Uint8Array(Math.floor(newest / cellMs) - first + 1);
  for (let row = 0; row < rows; row++) marks[Math.floor(at(row) / cellMs) - first] = 1;
  const spans: TimeSpan[] = [];
  for (let from = marks.indexOf(1); from !== -1; from = marks.indexOf(1, from)) {
    const end = marks.indexOf(0, from);
    const to = end === -1 ? marks.length : end;
    spans.push([(first + from) * cellMs, (first + to) * cellMs]);
    from = to;
  }
  return spans;
}
