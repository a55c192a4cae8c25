import type { RejectReason, SampleWriter } from '#core/plugin/input.ts';
import type { Ledger } from '#pipeline/ledger.ts';
import type { LiveTaps } from './live-taps.ts';
import type { OpenBatches } from './open-batches.ts';
import type { SeriesCatalogue, SeriesSource } from './series-catalogue.ts';

/** Bounds of sample times, ms from now. */
export type TimeLimits = { readonly futureWindowMs: number; readonly maxAgeMs: number };

/** What the writers of one thread share. */
export type WriterParts = {
  readonly catalogue: SeriesCatalogue;
  readonly batches: OpenBatches;
  readonly ledger: Ledger;
  readonly taps: LiveTaps;
  readonly limits: TimeLimits;
  readonly now: () => number;
};

const NONE = -1;

/**
 * Takes the samples of one stream: checks time, finds the series, appends to the batch, feeds live viewers. Runs once
 * per sample without allocating; counts go to the ledger once per chunk (`commit`).
 */
export class StreamWriter implements SampleWriter {
  position = 0;
  /** Told of each refused record, by position. */
  onReject: ((position: number, reason: RejectReason) => void) | undefined;
  readonly #parts: WriterParts;
  readonly #catalogue: SeriesCatalogue;
  readonly #batches: OpenBatches;
  readonly #taps: LiveTaps;
  readonly #input: number;
  readonly #source: SeriesSource;
  #bytes: Uint8Array = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);
  #previous = NONE;
  #accepted = 0;
  #now = 0;
  #oldest = 0;
  #newest = 0;

  constructor(parts: WriterParts, input: number, source: SeriesSource) {
    this.#parts = parts;
    this.#catalogue = parts.catalogue;
    this.#batches = parts.batches;
    this.#taps = parts.taps;
    this.#input = input;
    this.#source = source;
    this.begin();
  }

  /** Starts a chunk: reads the clock. */
  begin(): void {
    const { now, limits } = this.#parts;
    this.#now = now();
    this.#newest = this.#now + limits.futureWindowMs;
    this.#oldest = Math.max(0, this.#now - limits.maxAgeMs);
  }

  now(): number {
    return this.#now;
  }

  sample(bytes: Uint8Array, from: number, to: number, t: number, v: number): void {
    if (t > this.#newest) return this.reject('future');
    if (t < this.#oldest) return this.reject('too_old');
    if (bytes !== this.#bytes) this.#attach(bytes);
    const catalogue = this.#catalogue;
    let entry = catalogue.index.find(this.#view, from, to, this.#previous);
    if (entry === NONE) {
      entry = catalogue.resolve(bytes, from, to, this.#source);
      if (entry === NONE) return this.reject(catalogue.refusal);
    }
    this.#previous = entry;
    const ordinal = catalogue.index.target(entry);
    this.#batches.append(ordinal, t, v, this.#input);
    const watched = catalogue.watch[ordinal] as number;
    if (watched !== 0) this.#taps.push(watched - 1, t, v);
    this.#accepted += 1;
  }

  reject(reason: RejectReason): void {
    this.#parts.ledger.reject(this.#input, reason, 1);
    this.onReject?.(this.position, reason);
  }

  /** Ends a chunk: what was taken is in the accounts. Returns how many samples that is. */
  commit(): number {
    const accepted = this.#accepted;
    this.#accepted = 0;
    this.#parts.ledger.accept(this.#input, accepted);
    this.#parts.ledger.publish();
    return accepted;
  }

  #attach(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
}
