/** Rows lie in buckets of this length (µs): windows begin and end where buckets do. */
const BUCKET = 600_000_000;
const GROWTH = 4;
/** Where the first piece had nothing, this many have about as much as a page: few statements cost less than few rows. */
const GROWTH_IN_THE_DARK = 256;

/** [from, to) in µs, and whether it is the first. */
export type ReadingWindow = readonly [from: number, to: number, isFirst: boolean];

/**
 * Cuts a range into windows that are ever longer, nearest first; `next` is told how many rows the window before it had. What
 * is rare is looked for in the dark from the beginning.
 */
export function* readingWindows(
  [from, to]: readonly [number, number],
  order: 'newest' | 'oldest',
  isRare = false,
): Generator<ReadingWindow, undefined, number> {
  let length = isRare ? BUCKET * GROWTH_IN_THE_DARK : BUCKET;
  let isFirst = true;
  let [low, high] = [from, to];
  while (low < high) {
    const cut = order === 'newest' ? Math.floor((high - 1) / BUCKET) * BUCKET : (Math.floor(low / BUCKET) + 1) * BUCKET;
    const edge = order === 'newest' ? Math.max(low, cut - length + BUCKET) : Math.min(high, cut + length - BUCKET);
    const found: number = yield order === 'newest' ? [edge, high, isFirst] : [low, edge, isFirst];
    if (order === 'newest') high = edge;
    else low = edge;
    length *= found === 0 ? GROWTH_IN_THE_DARK : GROWTH;
    isFirst = false;
  }
}
