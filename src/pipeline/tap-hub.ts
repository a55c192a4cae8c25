import type { LiveTap, TapBatch, TapSeries } from '#core/live-tap.ts';
import { labelsOfKey } from '#core/model/labels.ts';
import type { RecentColumns } from './ingest-link.ts';
import type { FromThread, ToThread } from './protocol.ts';

type Watch = { readonly ids: readonly bigint[]; readonly onBatch: (batch: TapBatch) => void };
type Place = { readonly watch: Watch; readonly position: number };
type Watched = { readonly id: bigint; readonly slot: number; readonly places: Place[] };

export type TapThread = {
  readonly send: (message: ToThread) => void;
  /** Samples of the ids in the thread's memory; empty while there is no thread. */
  readonly recent: (ids: BigUint64Array) => Promise<RecentColumns>;
};

/** The live tap's side in the main thread: shares what the ingest thread sends between all watchers. */
export class TapHub implements LiveTap {
  readonly #thread: TapThread;
  readonly #byId = new Map<bigint, Watched>();
  readonly #bySlot = new Map<number, Watched>();
  readonly #listeners = new Set<(series: readonly TapSeries[]) => void>();
  #nextSlot = 0;

  constructor(thread: TapThread) {
    this.#thread = thread;
  }

  watch(ids: readonly bigint[], onBatch: (batch: TapBatch) => void): ReturnType<LiveTap['watch']> {
    const watch: Watch = { ids, onBatch };
    const fresh = ids.flatMap((id, position) => this.#add(id, { watch, position }));
    this.#mark(fresh);
    const recent = this.#thread
      .recent(BigUint64Array.from(ids))
      .then(({ slot, t, v }) => ({ index: slot, t, v }) satisfies TapBatch);
    recent.catch(() => undefined);
    return { recent, close: () => this.#close(watch) };
  }

  onNewSeries(listener: (series: readonly TapSeries[]) => void): () => void {
    this.#listeners.add(listener);
    this.#announce();
    return () => {
      this.#listeners.delete(listener);
      this.#announce();
    };
  }

  /** A new thread knows nothing of the watchers. */
  threadStarted(): void {
    this.#mark([...this.#byId.values()]);
    this.#announce();
  }

  /** Samples from the thread. */
  samples({ slot, t, v }: RecentColumns): void {
    const perWatch = new Map<Watch, { index: number[]; t: number[]; v: number[] }>();
    for (let row = 0; row < slot.length; row += 1) {
      for (const { watch, position } of this.#bySlot.get(slot[row] ?? -1)?.places ?? []) {
        let batch = perWatch.get(watch);
        if (batch === undefined) perWatch.set(watch, (batch = { index: [], t: [], v: [] }));
        batch.index.push(position);
        batch.t.push(t[row] ?? 0);
        batch.v.push(v[row] ?? Number.NaN);
      }
    }
    for (const [watch, columns] of perWatch) {
      watch.onBatch({
        index: Uint32Array.from(columns.index),
        t: Float64Array.from(columns.t),
        v: Float64Array.from(columns.v),
      });
    }
  }

  newSeries({ ids, families, keys }: Extract<FromThread, { kind: 'new-series' }>): void {
    const series = keys.map((key, i) => ({ id: ids[i] ?? 0n, family: families[i] ?? 0, labels: labelsOfKey(key) }));
    for (const listener of this.#listeners) listener(series);
  }

  #add(id: bigint, place: Place): Watched[] {
    const known = this.#byId.get(id);
    if (known !== undefined) {
      known.places.push(place);
      return [];
    }
    const watched = { id, slot: this.#nextSlot++, places: [place] };
    this.#byId.set(id, watched);
    this.#bySlot.set(watched.slot, watched);
    return [watched];
  }

  #close(watch: Watch): void {
    const unused: bigint[] = [];
    for (const id of watch.ids) {
      const watched = this.#byId.get(id);
      if (watched === undefined) continue;
      const left = watched.places.filter((place) => place.watch !== watch);
      watched.places.splice(0, watched.places.length, ...left);
      if (left.length > 0) continue;
      this.#byId.delete(id);
      this.#bySlot.delete(watched.slot);
      unused.push(id);
    }
    if (unused.length > 0) this.#thread.send({ kind: 'unwatch', ids: BigUint64Array.from(unused) });
  }

  #mark(watched: readonly Watched[]): void {
    if (watched.length === 0) return;
    this.#thread.send({
      kind: 'watch',
      slots: Uint32Array.from(watched, (one) => one.slot),
      ids: BigUint64Array.from(watched, (one) => one.id),
    });
  }

  #announce(): void {
    this.#thread.send({ kind: 'announce', newSeries: this.#listeners.size > 0 });
  }
}
