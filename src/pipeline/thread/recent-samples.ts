import type { Batch } from './batch.ts';
import type { TapColumns } from './live-taps.ts';
import type { SeriesCatalogue } from './series-catalogue.ts';

const KEEP_AFTER_INSERT_MS = 3_000;
/** About 100 MB of columns: when the store is away for long, the oldest are readable again once it is back. */
const MAX_ROWS = 5_000_000;

type Kept = { readonly file: string; readonly batch: Batch; insertedAt: number };

/**
 * Samples that are not (or just) in the store, so that a viewer who reads the store and then this misses nothing: a
 * batch stays until three seconds after its insert was answered.
 */
export class RecentSamples {
  readonly #now: () => number;
  #kept: Kept[] = [];
  #rows = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Keeps a batch that is in the spool under this id. */
  keep(file: string, batch: Batch): void {
    this.#kept.push({ file, batch, insertedAt: Number.POSITIVE_INFINITY });
    this.#rows += batch.rows;
    this.#forget();
  }

  inserted(file: string): void {
    const kept = this.#kept.find((one) => one.file === file);
    if (kept !== undefined) kept.insertedAt = this.#now();
    this.#forget();
  }

  /** Samples of the given ids, oldest arrival first; `slot` is the position in `ids`. */
  of(ids: BigUint64Array, catalogue: SeriesCatalogue, open: readonly Batch[]): TapColumns {
    this.#forget();
    const position = new Map<number, number>();
    for (const [i, id] of ids.entries()) {
      const ordinal = catalogue.ordinalOf(id);
      if (ordinal >= 0) position.set(ordinal, i);
    }
    const wanted = new Uint8Array(catalogue.size);
    for (const ordinal of position.keys()) wanted[ordinal] = 1;
    const slot: number[] = [];
    const t: number[] = [];
    const v: number[] = [];
    for (const batch of position.size === 0 ? [] : [...this.#kept.map((one) => one.batch), ...open]) {
      for (let row = 0; row < batch.rows; row += 1) {
        const ordinal = batch.ordinal[row] as number;
        if (wanted[ordinal] !== 1) continue;
        slot.push(position.get(ordinal) ?? 0);
        t.push(batch.t[row] as number);
        v.push(batch.v[row] as number);
      }
    }
    return { slot: Uint32Array.from(slot), t: Float64Array.from(t), v: Float64Array.from(v) };
  }

  #forget(): void {
    const before = this.#now() - KEEP_AFTER_INSERT_MS;
    this.#kept = this.#kept.filter((one) => {
      const stays = one.insertedAt > before && this.#rows <= MAX_ROWS;
      if (!stays) this.#rows -= one.batch.rows;
      return stays;
    });
  }
}
