import { type LogPattern, PATTERN_MARKS, type PatternMark } from '#core/api/log-patterns.ts';

export const ORDERS = ['count', 'growth', 'first', 'last', 'service'] as const;
export type PatternOrder = (typeof ORDERS)[number];

/** Which patterns are shown, and how they are ordered. */
export type PatternChoice = {
  readonly order: PatternOrder;
  /** Only those with this mark. */
  readonly mark: PatternMark | undefined;
  readonly showsMuted: boolean;
};

/** How much a pattern has grown: standard deviations of the difference to the time before. */
export function growthOf({ count, before }: Pick<LogPattern, 'count' | 'before'>): number {
  return (count - before) / Math.sqrt(Math.max(1, count + before));
}

/** The patterns to show, pinned ones first. */
export function shownPatterns(
  patterns: readonly LogPattern[],
  { order, mark, showsMuted }: PatternChoice,
): LogPattern[] {
  const shown = patterns.filter(
    (pattern) => (showsMuted || !pattern.isMuted) && (mark === undefined || pattern.marks.includes(mark)),
  );
  const compare = COMPARE[order];
  return shown.sort((a, b) => Number(b.isPinned) - Number(a.isPinned) || compare(a, b));
}

const COMPARE: Readonly<Record<PatternOrder, (a: LogPattern, b: LogPattern) => number>> = {
  count: (a, b) => b.count - a.count,
  growth: (a, b) => growthOf(b) - growthOf(a),
  first: (a, b) => b.first - a.first,
  last: (a, b) => b.last - a.last,
  service: (a, b) => (a.service < b.service ? -1 : a.service > b.service ? 1 : b.count - a.count),
};

/** How many patterns have each mark; marks that none has are left out. */
export function countMarks(patterns: readonly LogPattern[]): [mark: PatternMark, count: number][] {
  return PATTERN_MARKS.map((mark): [PatternMark, number] => [
    mark,
    patterns.filter(({ marks, isMuted }) => !isMuted && marks.includes(mark)).length,
  ]).filter(([, count]) => count > 0);
}

/** A share as text: `12 %`, `0.3 %`. */
export function shareText(count: number, total: number): string {
  if (total === 0) return '';
  const percent = (100 * count) / total;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  return `${percent >= 10 ? Math.round(percent) : Math.round(percent * 10) / 10} %`;
}

/** What a pattern is called: its name, or its words. */
export function labelOf({ name, words, id }: Pick<LogPattern, 'name' | 'words' | 'id'>): string {
  return name || words.join(' ') || id;
}
