import type { WindowRow } from '#query/logs/index.ts';

/** A set of label values, and in which windows lines had it first and last; ends of windows, ms. */
type LabelSet = { readonly texts: readonly string[]; first: number; last: number };

/** A set is forgotten when no line had it for so long, or for so many windows if that is longer. */
const KEPT_MS = 3_600_000;
const KEPT_WINDOWS = 10;
const SEPARATOR = '\x1f';

/** How long a set is kept, ms. */
export const keptFor = (stepMs: number): number => Math.max(KEPT_MS, KEPT_WINDOWS * stepMs);

/** The sets of label values that a rule writes: known ones stay, new ones come in up to the limit. */
export class LabelSets {
  readonly #limit: number;
  readonly #keptMs: number;
  readonly #sets = new Map<string, LabelSet>();
  /** Windows had more sets than the limit. */
  isTight = false;

  constructor({ limit, stepMs }: { readonly limit: number; readonly stepMs: number }) {
    this.#limit = limit;
    this.#keptMs = keptFor(stepMs);
  }

  get size(): number {
    return this.#sets.size;
  }

  get texts(): readonly (readonly string[])[] {
    return [...this.#sets.values()].map(({ texts }) => texts);
  }

  /** False: it is new, and there are too many. */
  admit(texts: readonly string[], end: number): boolean {
    const key = texts.join(SEPARATOR);
    const known = this.#sets.get(key);
    if (known === undefined) {
      if (this.#sets.size >= this.#limit) return false;
      this.#sets.set(key, { texts, first: end, last: end });
      return true;
    }
    known.first = Math.min(known.first, end);
    known.last = Math.max(known.last, end);
    return true;
  }

  /** Those that are 0 in a window unless it has lines of them. */
  at(end: number): readonly (readonly string[])[] {
    const known = [...this.#sets.values()].filter(({ first, last }) => first <= end && end <= last + this.#keptMs);
    return known.map(({ texts }) => texts);
  }

  /** Forgets what no line has had for long. */
  forget(now: number): void {
    for (const [key, { last }] of this.#sets) if (last + this.#keptMs < now) this.#sets.delete(key);
  }
}

/** The rows that may be written, in the order of time, and how many sets were refused, counted anew in each window. */
export function admitted(rows: readonly WindowRow[], sets: LabelSets): { rows: readonly WindowRow[]; refused: number } {
  const kept = rows.filter(({ labels, end }) => sets.admit(labels, end));
  const found = new Map(rows.map((row) => [row.end, row.sets]));
  const total = [...found.values()].reduce((sum, count) => sum + count, 0);
  return { rows: kept, refused: total - kept.length };
}
