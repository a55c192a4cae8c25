import { RULED, type SeriesCatalogue } from './series-catalogue.ts';

/** Samples of watched series: parallel columns, `slot` as the watcher gave it. */
export type TapColumns = { readonly slot: Uint32Array; readonly t: Float64Array; readonly v: Float64Array };

const EVERY_MS = 50;
const FIRST_ROWS = 256;
/** Beyond this the oldest are of no use to a viewer; they are in the store. */
const MAX_ROWS = 1 << 18;

/** The live tap's side in the ingest thread: which series are watched, and what of them has not been handed out. */
export class LiveTaps {
  readonly #catalogue: SeriesCatalogue;
  readonly #post: (columns: TapColumns) => void;
  /** Watched ids that have not been seen yet → slot. */
  readonly #expected = new Map<bigint, number>();
  #slot = new Uint32Array(FIRST_ROWS);
  #t = new Float64Array(FIRST_ROWS);
  #v = new Float64Array(FIRST_ROWS);
  #rows = 0;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;

  constructor(catalogue: SeriesCatalogue, post: (columns: TapColumns) => void) {
    this.#catalogue = catalogue;
    this.#post = post;
  }

  /** Marks series; `slots[i]` names `ids[i]` in what is posted. */
  watch(slots: Uint32Array, ids: BigUint64Array): void {
    for (const [i, id] of ids.entries()) {
      const ordinal = this.#catalogue.ordinalOf(id);
      const slot = slots[i] ?? 0;
      if (ordinal < 0) this.#expected.set(id, slot);
      else this.#mark(ordinal, slot + 1);
    }
  }

  unwatch(ids: BigUint64Array): void {
    for (const id of ids) {
      this.#expected.delete(id);
      const ordinal = this.#catalogue.ordinalOf(id);
      if (ordinal >= 0) this.#mark(ordinal, 0);
    }
  }

  /** A series was seen for the first time: it may be awaited. */
  onNew(ordinal: number): void {
    if (this.#expected.size === 0) return;
    const id = this.#catalogue.id(ordinal);
    const slot = this.#expected.get(id);
    if (slot === undefined) return;
    this.#expected.delete(id);
    this.#mark(ordinal, slot + 1);
  }

  #mark(ordinal: number, place: number): void {
    const { watch } = this.#catalogue;
    watch[ordinal] = ((watch[ordinal] ?? 0) & RULED) | place;
  }

  /** Hot for watched series only. The first sample after a pause leaves at once, later ones within 50 ms. */
  push(slot: number, t: number, v: number): void {
    const row = this.#rows;
    if (row === MAX_ROWS) return;
    if (row === this.#slot.length) this.#grow();
    this.#slot[row] = slot;
    this.#t[row] = t;
    this.#v[row] = v;
    this.#rows = row + 1;
    if (this.#timer === undefined && this.#immediate === undefined) this.#immediate = setImmediate(() => this.#hand());
  }

  close(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
  }

  #hand(): void {
    this.#immediate = undefined;
    this.#timer = undefined;
    if (this.#rows === 0) return;
    const rows = this.#rows;
    this.#rows = 0;
    this.#timer = setTimeout(() => this.#hand(), EVERY_MS);
    this.#post({ slot: this.#slot.slice(0, rows), t: this.#t.slice(0, rows), v: this.#v.slice(0, rows) });
  }

  #grow(): void {
    const { length } = this.#slot;
    const slot = new Uint32Array(length * 2);
    const t = new Float64Array(length * 2);
    const v = new Float64Array(length * 2);
    slot.set(this.#slot);
    t.set(this.#t);
    v.set(this.#v);
    this.#slot = slot;
    this.#t = t;
    this.#v = v;
  }
}
