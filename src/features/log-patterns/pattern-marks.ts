import { type KnownPattern, MIN_REGULAR_LINES, type PatternMark } from '#core/api/log-patterns.ts';

const DAY_MS = 86_400_000;
/** How improbable growth has to be: standard deviations of a difference of counts, and the least factor. */
const MIN_SIGMAS = 5;
const MIN_FACTOR = 2;
/** A pattern that comes regularly has vanished after so many of its usual gaps, and so much time. */
const MISSED_GAPS = 10;
const MIN_SILENCE_MS = 600_000;

/** Counts of a range, and of the time of the same length before it. */
export type MarkedRange = {
  readonly from: number;
  readonly end: number;
  readonly count: number;
  readonly before: number;
};

/** The marks of a pattern, of which all parts are known, in a range. */
export function marksOf(parts: readonly KnownPattern[], range: MarkedRange): PatternMark[] {
  if (parts.length === 0) return [];
  const first = Math.min(...parts.map((part) => part.first));
  const serviceFirst = Math.min(...parts.map((part) => part.serviceFirst));
  const isNew = first >= range.end - DAY_MS && first < range.end && first - serviceFirst >= DAY_MS;
  return [
    ...(isNew ? (['new'] as const) : []),
    ...(first < range.from && isSurging(range, serviceFirst) ? (['surging'] as const) : []),
    ...(hasVanished(parts, first, range) ? (['vanished'] as const) : []),
  ];
}

/** A Poisson test of two counts; a service that is younger than the time before says nothing. */
function isSurging({ from, end, count, before }: MarkedRange, serviceFirst: number): boolean {
  if (serviceFirst > from - (end - from)) return false;
  return count >= MIN_FACTOR * before && (count - before) / Math.sqrt(Math.max(1, count + before)) >= MIN_SIGMAS;
}

function hasVanished(parts: readonly KnownPattern[], first: number, { end }: MarkedRange): boolean {
  const last = Math.max(...parts.map((part) => part.last));
  const lines = parts.reduce((sum, { count }) => sum + count, 0);
  const serviceLast = Math.max(...parts.map((part) => part.serviceLast));
  if (lines < MIN_REGULAR_LINES || last >= end) return false;
  const silence = Math.max(MIN_SILENCE_MS, (MISSED_GAPS * (last - first)) / (lines - 1));
  return Math.min(end, serviceLast) - last >= silence;
}
