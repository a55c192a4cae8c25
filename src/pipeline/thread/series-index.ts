import { grown } from './growing.ts';

const FIRST_ENTRIES = 1 << 11;
const ARENA_BYTES_PER_ENTRY = 1 << 7;
const NONE = -1;
const FIELDS = 4;
const OFFSET = 0;
const LENGTH = 1;
const TARGET = 2;
const NEXT = 3;

/**
 * Names of series as bytes → a number: an open-addressing hash table over typed arrays, key bytes in one arena, compared
 * exactly. Written for the machine because it runs once per sample: no strings, no objects, four bytes at a time
 * (`DataView` reads are one instruction once compiled), and first a guess: senders repeat their series in the same
 * order, so the entry that followed last time mostly follows again, and then nothing is hashed.
 */
export class SeriesIndex {
  #slots: Int32Array;
  #mask: number;
  #hash: Uint32Array;
  /** Per entry: offset and length of the key in the arena, target, the entry that followed last. One cache line. */
  #entries: Int32Array;
  #arena: Uint8Array;
  #view: DataView;
  #used = 0;
  #seed: number;
  size = 0;

  /** The seed makes collisions unpredictable to senders. `entries` is a power of two, the room to begin with. */
  constructor(seed: number, entries = FIRST_ENTRIES) {
    this.#seed = seed | 0;
    this.#slots = new Int32Array(entries * 2).fill(NONE);
    this.#mask = entries * 2 - 1;
    this.#hash = new Uint32Array(entries);
    this.#entries = new Int32Array(entries * FIELDS);
    this.#arena = new Uint8Array(entries * ARENA_BYTES_PER_ENTRY);
    this.#view = new DataView(this.#arena.buffer);
  }

  /** The entry of the key `view[from, to)`, or -1. `previous` is the entry of the stream's last key, or -1. */
  find(view: DataView, from: number, to: number, previous: number): number {
    if (previous !== NONE) {
      const guess = this.#entries[previous * FIELDS + NEXT] as number;
      if (guess !== NONE && this.#equals(guess, view, from, to)) return guess;
    }
    const entry = this.#lookUp(view, from, to);
    if (previous !== NONE && entry !== NONE) this.#entries[previous * FIELDS + NEXT] = entry;
    return entry;
  }

  /** The number that was stored with the entry. */
  target(entry: number): number {
    return this.#entries[entry * FIELDS + TARGET] as number;
  }

  /** A copy of the entry's key. */
  key(entry: number): Uint8Array {
    const offset = this.#entries[entry * FIELDS + OFFSET] as number;
    return this.#arena.slice(offset, offset + (this.#entries[entry * FIELDS + LENGTH] as number));
  }

  /** True when the entry's key is exactly `view[from, to)`. */
  matches(entry: number, view: DataView, from: number, to: number): boolean {
    return this.#equals(entry, view, from, to);
  }

  /** Adds a key that is not there yet; returns its entry. */
  insert(bytes: Uint8Array, from: number, to: number, target: number): number {
    const entry = this.size;
    this.#reserve(entry + 1, this.#used + to - from);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#hash[entry] = this.#hashOf(view, from, to);
    const field = entry * FIELDS;
    this.#entries[field + OFFSET] = this.#used;
    this.#entries[field + LENGTH] = to - from;
    this.#entries[field + TARGET] = target;
    this.#entries[field + NEXT] = NONE;
    for (let at = from; at < to; at += 1) this.#arena[this.#used++] = bytes[at] as number;
    this.size += 1;
    if (this.size * 2 > this.#slots.length) this.#rehash();
    else this.#place(entry);
    return entry;
  }

  #lookUp(view: DataView, from: number, to: number): number {
    const hash = this.#hashOf(view, from, to);
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const entry = this.#slots[slot] as number;
      if (entry === NONE) return NONE;
      if (this.#hash[entry] === hash && this.#equals(entry, view, from, to)) return entry;
    }
  }

  #equals(entry: number, view: DataView, from: number, to: number): boolean {
    const field = entry * FIELDS;
    if (this.#entries[field + LENGTH] !== to - from) return false;
    const arena = this.#view;
    let mine = this.#entries[field + OFFSET] as number;
    let theirs = from;
    for (const end = to - 3; theirs < end; theirs += 4, mine += 4) {
      if (arena.getInt32(mine, true) !== view.getInt32(theirs, true)) return false;
    }
    for (; theirs < to; theirs += 1, mine += 1) {
      if (arena.getUint8(mine) !== view.getUint8(theirs)) return false;
    }
    return true;
  }

  /** Mixing of MurmurHash3 (x86, 32 bit). */
  #hashOf(view: DataView, from: number, to: number): number {
    let hash = this.#seed ^ (to - from);
    let at = from;
    for (const end = to - 3; at < end; at += 4) {
      const word = Math.imul(view.getInt32(at, true), 0xcc9e2d51);
      hash ^= Math.imul((word << 15) | (word >>> 17), 0x1b873593);
      hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
    }
    for (; at < to; at += 1) hash = Math.imul(hash ^ view.getUint8(at), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }

  #place(entry: number): void {
    let slot = (this.#hash[entry] as number) & this.#mask;
    while (this.#slots[slot] !== NONE) slot = (slot + 1) & this.#mask;
    this.#slots[slot] = entry;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 4).fill(NONE);
    this.#mask = this.#slots.length - 1;
    for (let entry = 0; entry < this.size; entry += 1) this.#place(entry);
  }

  #reserve(entries: number, arenaBytes: number): void {
    this.#hash = grown(this.#hash, entries);
    this.#entries = grown(this.#entries, entries * FIELDS);
    if (arenaBytes <= this.#arena.length) return;
    this.#arena = grown(this.#arena, arenaBytes);
    this.#view = new DataView(this.#arena.buffer);
  }
}
