import type {
  KnownPattern,
  LogPattern,
  PatternEdits,
  PatternListAnswer,
  PatternListRequest,
} from '#core/api/log-patterns.ts';
import type { GonePatterns, LogPatternIntake } from '#core/log-pattern-intake.ts';
import type { LogSearch, PatternCount } from '#query/logs/index.ts';
import type { PatternBook } from './pattern-book.ts';
import { marksOf } from './pattern-marks.ts';
import { wholeServices } from './whole-services.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

export type PatternListParts = {
  readonly book: PatternBook;
  readonly intake: Pick<LogPatternIntake, 'known'>;
  readonly logs: Pick<LogSearch, 'patterns'>;
  readonly now: () => number;
};

/** A pattern's lines, with those of all that has become a part of it. */
type Sum = { readonly ids: string[]; count: number; before: number; trend: number[] };

/** The patterns of the lines that a query finds: pinned ones first, then by the number of lines. */
export async function listPatterns(
  { book, intake, logs, now }: PatternListParts,
  request: PatternListRequest,
  signal: AbortSignal,
): Promise<PatternListAnswer> {
  const { counts, stats } = await logs.patterns(request, signal);
  // Also tells what has become a part of others since.
  const gone = await intake.known([], goneOf(request, now()));
  const without = counts.find(({ id }) => id === '')?.count ?? 0;
  const sums = sumsOf(counts, book);
  for (const { id } of gone) addGone(sums, id, { book, request, gone });
  const pinned = new Set(book.edits.pins.map((id) => book.currentId(id)));
  const order = [...sums].toSorted(
    ([a, x], [b, y]) => Number(pinned.has(b)) - Number(pinned.has(a)) || y.count - x.count || y.before - x.before,
  );
  const shown = order.slice(0, request.limit);
  const rest = order.slice(request.limit);
  const asked = shown.flatMap(([id, { ids }]) => [id, ...ids, ...userMerged(book.edits, id, book)]);
  const known = new Map((await intake.known(asked)).map((one) => [one.id, one]));
  const end = Math.min(request.to, now());
  const patterns = shown.map(([id, sum]) => described({ id, sum, known, book, range: { from: request.from, end } }));
  return {
    patterns,
    ...{ more: rest.length, moreLines: total(rest.map(([, sum]) => sum.count)) },
    ...{ total: total(counts.map(({ count }) => count)), without, stats },
  };
}

function sumsOf(counts: readonly PatternCount[], book: PatternBook): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const { id, count, before, trend } of counts) {
    if (id === '') continue;
    const current = book.currentId(id);
    const sum = sums.get(current) ?? { ids: [], count: 0, before: 0, trend: trend.map(() => 0) };
    sum.ids.push(id);
    sum.count += count;
    sum.before += before;
    sum.trend = sum.trend.map((value, i) => value + (trend[i] ?? 0));
    sums.set(current, sum);
  }
  return sums;
}

type Described = {
  readonly id: string;
  readonly sum: Sum;
  readonly known: ReadonlyMap<string, KnownPattern>;
  readonly book: PatternBook;
  readonly range: { readonly from: number; readonly end: number };
};

function described({ id, sum, known, book, range }: Described): LogPattern {
  const { edits } = book;
  const parts = [...known.values()].filter((one) => book.currentId(one.id) === id);
  const self = known.get(id) ?? parts[0];
  const has = (list: readonly string[]): boolean => list.some((one) => book.currentId(one) === id);
  const splitAt = edits.splits[id];
  const merged = userMerged(edits, id, book).map((from) => ({ id: from, words: known.get(from)?.words ?? [] }));
  return {
    ...{ id, name: edits.names[id] ?? '', service: self?.service ?? '', words: self?.words ?? [] },
    ...{ count: sum.count, before: sum.before, trend: sum.trend },
    first: parts.length === 0 ? 0 : Math.min(...parts.map(({ first }) => first)),
    last: parts.length === 0 ? 0 : Math.max(...parts.map(({ last }) => last)),
    marks: marksOf(parts, { ...range, count: sum.count, before: sum.before }),
    ...{ isPinned: has(edits.pins), isMuted: has(edits.mutes), isOther: self?.isOther ?? false },
    hasSeries: self?.hasSeries ?? false,
    ...(splitAt === undefined ? {} : { splitAt }),
    ...(self?.splitFrom === undefined ? {} : { splitFrom: self.splitFrom }),
    merged,
  };
}

/** Which patterns without a line in the range and before it belong to the answer: of a query that says so. */
function goneOf({ query, from, to }: PatternListRequest, now: number): GonePatterns | undefined {
  const services = wholeServices(query);
  // Before a range that has ended long ago nothing is known to have vanished.
  if (services === undefined || to < now - DAY_MS) return undefined;
  return { services: services === 'all' ? undefined : services, after: from - WEEK_MS, before: from - (to - from) };
}

type Gone = {
  readonly book: PatternBook;
  readonly request: PatternListRequest;
  readonly gone: readonly KnownPattern[];
};

/** A pattern that has vanished is listed, but for one that is left out by name. */
function addGone(sums: Map<string, Sum>, id: string, { book, request, gone }: Gone): void {
  const current = book.currentId(id);
  const { from, to, points } = request;
  const isHidden = book.edits.mutes.some((muted) => book.currentId(muted) === current);
  const marks = marksOf(
    gone.filter((one) => one.id === id),
    { from, end: to, count: 0, before: 0 },
  );
  if (sums.has(current) || isHidden || !marks.includes('vanished')) return;
  sums.set(current, { ids: [id], count: 0, before: 0, trend: Array.from({ length: points }, () => 0) });
}

/** Ids that users merged into a pattern. */
function userMerged({ merges }: PatternEdits, id: string, book: PatternBook): string[] {
  return Object.keys(merges).filter((from) => from !== id && book.currentId(from) === id);
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
