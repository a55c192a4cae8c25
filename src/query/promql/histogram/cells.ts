import type { BucketSpan, Buckets } from '#core/model/histogram.ts';

/** Buckets of one side as parallel lists: ascending bucket indexes and their counts. */
export type Cells = { readonly indexes: readonly number[]; readonly counts: readonly number[] };

/** Every bucket that the spans name, also the empty ones. */
export function cellsOf(buckets: Buckets): Cells {
  const indexes: number[] = [];
  const counts: number[] = [];
  let index = 0;
  for (const span of buckets.spans) {
    index += span.offset;
    for (let i = 0; i < span.length; i++, index++) {
      counts.push(buckets.counts[counts.length] ?? 0);
      indexes.push(index);
    }
  }
  return { indexes, counts };
}

/** Spans and counts of the populated cells; empty ones are left out. */
export function bucketsOf(cells: Cells): Buckets {
  const spans: { offset: number; length: number }[] = [];
  const counts: number[] = [];
  let next = 0;
  for (const [i, index] of cells.indexes.entries()) {
    const count = cells.counts[i] as number;
    if (count === 0) continue;
    const last = spans.at(-1);
    if (last !== undefined && index === next) last.length++;
    else spans.push({ offset: index - next, length: 1 });
    counts.push(count);
    next = index + 1;
  }
  return { spans: spans satisfies readonly BucketSpan[], counts: Float64Array.from(counts) };
}

/** The cells of both, counts of the second times `sign` added to those of the first. */
function mergeCells(a: Cells, b: Cells, sign: 1 | -1): Cells {
  const indexes: number[] = [];
  const counts: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.indexes.length || j < b.indexes.length) {
    const left = a.indexes[i] ?? Infinity;
    const right = b.indexes[j] ?? Infinity;
    let count = 0;
    if (left <= right) count += a.counts[i++] as number;
    if (right <= left) count += sign * (b.counts[j++] as number);
    indexes.push(Math.min(left, right));
    counts.push(count);
  }
  return { indexes, counts };
}

/** The cells under other, ascending indexes; cells that share one are added up. */
export function remapCells(cells: Cells, indexOf: (index: number) => number): Cells {
  const indexes: number[] = [];
  const counts: number[] = [];
  for (const [i, index] of cells.indexes.entries()) {
    const target = indexOf(index);
    const count = cells.counts[i] as number;
    if (indexes.at(-1) === target) counts[counts.length - 1] = (counts.at(-1) as number) + count;
    else {
      indexes.push(target);
      counts.push(count);
    }
  }
  return { indexes, counts };
}

/** Whether two sides have the same buckets in the same spans, so that their counts stand at the same places. */
export function sameSpans(a: Buckets, b: Buckets): boolean {
  if (a.spans === b.spans) return true;
  return (
    a.spans.length === b.spans.length &&
    a.spans.every(({ offset, length }, i) => b.spans[i]?.offset === offset && b.spans[i]?.length === length)
  );
}

/** The buckets without empty ones, in as few spans as can be; as they are when that is so already. */
export function compactBuckets(buckets: Buckets): Buckets {
  const isCompact =
    !buckets.counts.includes(0) &&
    buckets.spans.every(({ offset, length }, i) => length > 0 && (i === 0 || offset > 0));
  return isCompact ? buckets : bucketsOf(cellsOf(buckets));
}

/** The buckets of both, counts of the second times `sign` added to those of the first; compact. */
export function mergeBuckets(a: Buckets, b: Buckets, sign: 1 | -1): Buckets {
  if (!sameSpans(a, b)) return bucketsOf(mergeCells(cellsOf(a), cellsOf(b), sign));
  const counts = new Float64Array(a.counts.length);
  for (let i = 0; i < counts.length; i++) counts[i] = (a.counts[i] as number) + sign * (b.counts[i] as number);
  return compactBuckets({ spans: a.spans, counts });
}
