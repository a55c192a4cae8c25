import type { RejectReason, SampleWriter } from '#core/plugin/input.ts';
import { grown } from './growing.ts';
import { IdentityTable } from './identity-table.ts';
import type { SeriesHash } from './series-hash.ts';
import { SeriesIndex } from './series-index.ts';
import { canonicalSeries, isOwnSpelling, metricOf, validatedKey } from './series-name.ts';

/** Someone who creates series: one sender's address on one input, or one internal writer. */
export type SeriesSource = { series: number };

export type SeriesLimits = {
  readonly maxSeries: number;
  readonly maxSeriesPerSource: number;
};

const FIRST_SERIES = 1 << 11;
/** Spellings remembered per series on average: tags in another order, empty nodes. Others are looked up each time. */
const MAX_SPELLINGS = 3;
const MAX_KEY_BYTES = 8192;
const NONE = -1;
/** Stands before stored keys that would name another series if a Graphite sender wrote them. */
const FOREIGN = 0;
const FEW_ENTRIES = 1 << 6;
/** Set in `watch` of series that rules drop or aggregate. */
export const RULED = 0x80000000;

/** How a writer's keys are read; undefined: as Graphite spells them. */
export type Spelling = SampleWriter['spelling'];

/** All series this node knows, by ordinal. */
export class SeriesCatalogue {
  /** Series by the bytes of their names in Graphite's spelling; also holds every canonical key. */
  readonly index: SeriesIndex;
  /** The same for each other spelling: equal bytes name different series in different protocols. */
  readonly #indexes = new WeakMap<NonNullable<Spelling>, SeriesIndex>();
  readonly #seed: number;
  readonly #ids = new IdentityTable();
  readonly #hash: SeriesHash;
  readonly #limits: SeriesLimits;
  readonly #words = new Uint32Array(2);
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #encoder = new TextEncoder();
  /** Entry of the canonical key. */
  #canonical = new Uint32Array(FIRST_SERIES);
  family = new Uint32Array(FIRST_SERIES);
  /** The slot of a live watcher plus one, and {@link RULED}; 0 = samples are only stored. */
  watch = new Uint32Array(FIRST_SERIES);
  /** How the values of the series are stored (`FLOAT_BITS` or decimals); the encoder's. */
  decimals = new Uint8Array(FIRST_SERIES);
  /** Seconds: a sample from here on, or before `low`, makes the series be registered again. */
  due = new Uint32Array(FIRST_SERIES);
  low = new Uint32Array(FIRST_SERIES);
  /** 1: told of as new once it is registered again. */
  forgotten = new Uint8Array(FIRST_SERIES);
  /** Called with the ordinal of each series seen for the first time, or again after it was forgotten. */
  onNew: (ordinal: number) => void = () => {};
  /** Why the last `resolve` gave -1. */
  refusal: RejectReason = 'bad_key';

  constructor(hash: SeriesHash, limits: SeriesLimits, seed = Math.floor(Math.random() * 2 ** 31)) {
    this.#hash = hash;
    this.#limits = limits;
    this.#seed = seed;
    this.index = new SeriesIndex(seed);
  }

  get size(): number {
    return this.#ids.size;
  }

  /** Ids as pairs of words, low first, ordinal n at 2n. */
  get idWords(): Uint32Array {
    return this.#ids.words;
  }

  id(ordinal: number): bigint {
    const words = this.#ids.words;
    return (BigInt(words[2 * ordinal + 1] ?? 0) << 32n) | BigInt(words[2 * ordinal] ?? 0);
  }

  key(ordinal: number): string {
    const stored = this.index.key(this.#canonical[ordinal] ?? 0);
    return this.#decoder.decode(stored[0] === FOREIGN ? stored.subarray(1) : stored);
  }

  /** Where the series of writers with this spelling are found. It lives as long as the function. */
  indexOf(spelling: Spelling): SeriesIndex {
    if (spelling === undefined) return this.index;
    const known = this.#indexes.get(spelling);
    if (known !== undefined) return known;
    const index = new SeriesIndex(this.#seed, FEW_ENTRIES);
    this.#indexes.set(spelling, index);
    return index;
  }

  /** Series whose rows are deleted in the store: they are registered anew with their next record. */
  forget(ids: BigUint64Array | 'all'): void {
    const ordinals =
      ids === 'all' ? Array.from({ length: this.size }, (_, i) => i) : Array.from(ids, (id) => this.ordinalOf(id));
    for (const ordinal of ordinals) {
      if (ordinal === NONE) continue;
      this.decimals[ordinal] = 0;
      this.due[ordinal] = 0;
      this.low[ordinal] = 0;
      this.forgotten[ordinal] = 1;
    }
  }

  /** The ordinal of an id, or -1. */
  ordinalOf(id: bigint): number {
    return this.#ids.find(Number(id & 0xffffffffn), Number(id >> 32n));
  }

  /**
   * The ordinal of a key that the spelling's index does not know, after validation and limits; -1 with `refusal` set when
   * it is refused. The slow path: once per series and spelling.
   */
  resolve(bytes: Uint8Array, from: number, to: number, source: SeriesSource, spelling?: Spelling): number {
    if (to - from > MAX_KEY_BYTES) return this.#refuse('too_long');
    const raw = bytes.subarray(from, to);
    const canonical = spelling === undefined && isPlainPath(raw) ? raw : this.#canonicalBytes(raw, spelling);
    if (canonical === undefined) return this.#refuse('bad_key');
    const stored = this.#isForeign(canonical) ? Buffer.concat([Uint8Array.of(FOREIGN), canonical]) : canonical;
    this.#hash.id(canonical, this.#words, 0);
    const known = this.#ids.find(this.#words[0] ?? 0, this.#words[1] ?? 0);
    const ordinal = known === NONE ? this.#add(canonical, stored, source) : this.#checked(known, stored);
    const index = this.indexOf(spelling);
    const isFound = index === this.index && stored === raw;
    if (ordinal === NONE || isFound || index.size > this.size * MAX_SPELLINGS) return ordinal;
    index.insert(bytes, from, to, ordinal);
    return ordinal;
  }

  #canonicalBytes(raw: Uint8Array, spelling: Spelling): Uint8Array | undefined {
    const key = this.#canonicalKey(raw, spelling);
    return key === undefined ? undefined : this.#encoder.encode(key);
  }

  #canonicalKey(raw: Uint8Array, spelling: Spelling): string | undefined {
    try {
      if (spelling === undefined) return canonicalSeries(this.#decoder.decode(raw));
      const key = spelling(raw);
      return key === undefined ? undefined : validatedKey(key);
    } catch {
      return undefined; // not UTF-8
    }
  }

  #isForeign(canonical: Uint8Array): boolean {
    return !isPlainPath(canonical) && !isOwnSpelling(this.#decoder.decode(canonical));
  }

  /** Two keys with one id would mix their samples: the later one is refused. Expected once in 3e7 systems of 1 M series. */
  #checked(ordinal: number, stored: Uint8Array): number {
    const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
    const same = this.index.matches(this.#canonical[ordinal] ?? 0, view, 0, stored.length);
    return same ? ordinal : this.#refuse('id_collision');
  }

  #add(canonical: Uint8Array, stored: Uint8Array, source: SeriesSource): number {
    if (this.size >= this.#limits.maxSeries) return this.#refuse('series_limit');
    if (source.series >= this.#limits.maxSeriesPerSource) return this.#refuse('source_series_limit');
    source.series += 1;
    const ordinal = this.#ids.insert(this.#words[0] ?? 0, this.#words[1] ?? 0);
    this.#reserve(ordinal + 1);
    this.#canonical[ordinal] = this.index.insert(stored, 0, stored.length, ordinal);
    this.family[ordinal] = this.#familyOf(canonical);
    this.watch[ordinal] = 0;
    this.decimals[ordinal] = 0;
    this.due[ordinal] = 0;
    this.low[ordinal] = 0;
    this.forgotten[ordinal] = 0;
    this.onNew(ordinal);
    return ordinal;
  }

  #familyOf(canonical: Uint8Array): number {
    if (isPlainPath(canonical)) return this.#hash.family(canonical.subarray(canonical.lastIndexOf(0x2e) + 1));
    return this.#hash.family(this.#encoder.encode(metricOf(this.#decoder.decode(canonical))));
  }

  #reserve(series: number): void {
    this.#canonical = grown(this.#canonical, series);
    this.family = grown(this.family, series);
    this.watch = grown(this.watch, series);
    this.decimals = grown(this.decimals, series);
    this.due = grown(this.due, series);
    this.low = grown(this.low, series);
    this.forgotten = grown(this.forgotten, series);
  }

  #refuse(reason: RejectReason): number {
    this.refusal = reason;
    return NONE;
  }
}

/** A dotted path of printable ASCII without tags or empty nodes is its own canonical key; most keys are. */
function isPlainPath(bytes: Uint8Array): boolean {
  let previous = 0x2e;
  for (const byte of bytes) {
    if (byte <= 0x20 || byte >= 0x7f || byte === 0x3b || (byte === 0x2e && previous === 0x2e)) return false;
    previous = byte;
  }
  return previous !== 0x2e;
}
