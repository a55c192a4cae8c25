import { Batch, DAY_MS } from './batch.ts';

/** Stands for no batch: no time is in it. */
const noBatch = (): Batch => new Batch(Number.NaN, 1);

/** The batches that take samples now, one per UTC day: a file of the spool never spans partitions of the store. */
export class OpenBatches {
  #byDay = new Map<number, Batch>();
  #current = noBatch();
  #capacity = 1 << 12;

  /** Hot: called per sample. Almost always the same day as the sample before. */
  append(ordinal: number, t: number, v: number, input: number): void {
    const batch = this.#current;
    if (t >= batch.from && t < batch.to) batch.append(ordinal, t, v, input);
    else this.#open(t).append(ordinal, t, v, input);
  }

  appendStale(ordinal: number, t: number, input: number): void {
    const batch = this.#current;
    (t >= batch.from && t < batch.to ? batch : this.#open(t)).appendStale(ordinal, t, input);
  }

  get rows(): number {
    let rows = 0;
    for (const batch of this.#byDay.values()) rows += batch.rows;
    return rows;
  }

  get all(): readonly Batch[] {
    return [...this.#byDay.values()];
  }

  /** Hands the batches over and starts new ones. */
  take(): readonly Batch[] {
    const taken = this.all.filter((batch) => batch.rows > 0);
    this.#capacity = Math.max(1 << 12, ...taken.map((batch) => batch.rows));
    this.#byDay = new Map();
    this.#current = noBatch();
    return taken;
  }

  #open(t: number): Batch {
    const day = Math.floor(t / DAY_MS);
    let batch = this.#byDay.get(day);
    if (batch === undefined) {
      // The first day of a round is the one that most samples have: room for as many as last time.
      batch = new Batch(day, this.#byDay.size === 0 ? this.#capacity : undefined);
      this.#byDay.set(day, batch);
    }
    this.#current = batch;
    return batch;
  }
}
