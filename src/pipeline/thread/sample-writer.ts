import type { Exemplar } from '#core/model/exemplar.ts';
import type { NativeHistogram } from '#core/model/histogram.ts';
import type { RawLog } from '#core/model/log-record.ts';
import type { MetricMetadata } from '#core/model/metric-metadata.ts';
import type { RejectReason, SampleWriter } from '#core/plugin/input.ts';
import type { Ledger } from '#pipeline/ledger.ts';
import type { SeriesRules } from './aggregation/series-rules.ts';
import { isWholeHistogram } from './histograms-block.ts';
import type { LiveTaps } from './live-taps.ts';
import type { LogIntake } from './log-intake.ts';
import type { OpenBatches } from './open-batches.ts';
import type { RowTables } from './row-tables.ts';
import { RULED, type SeriesCatalogue, type SeriesSource, type Spelling } from './series-catalogue.ts';
import type { SeriesIndex } from './series-index.ts';

/** Bounds of sample times, ms from now. */
export type TimeLimits = { readonly futureWindowMs: number; readonly maxAgeMs: number };

/** What the writers of one thread share. */
export type WriterParts = {
  readonly catalogue: SeriesCatalogue;
  readonly batches: OpenBatches;
  readonly tables: RowTables;
  readonly ledger: Ledger;
  readonly taps: LiveTaps;
  readonly logs: LogIntake;
  readonly rules: SeriesRules;
  readonly limits: TimeLimits;
  readonly now: () => number;
};

const NONE = -1;
const MAX_TEXT_LENGTH = 8192;
/** As many as an answer shows. */
const MAX_DESCRIBED = 100;

/**
 * Takes the records of one stream: checks time, finds the series, appends to the batch, feeds live viewers. Runs once
 * per sample without allocating; counts go to the ledger once per chunk (`commit`).
 */
export class StreamWriter implements SampleWriter {
  position = 0;
  /** Off for what aggregation itself writes: rules are not asked again for it. */
  isAggregated = true;
  describe: SampleWriter['describe'];
  /** Told of each refused record, by position. */
  onReject: ((position: number, reason: RejectReason, detail: string | undefined) => void) | undefined;
  readonly #parts: WriterParts;
  readonly #catalogue: SeriesCatalogue;
  readonly #batches: OpenBatches;
  readonly #input: number;
  readonly #source: SeriesSource;
  /** The sender's address: the host of log lines that name none. */
  address = '';
  #spelling: Spelling;
  #index: SeriesIndex;
  #bytes: Uint8Array = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);
  #previous = NONE;
  #accepted = 0;
  #described = 0;
  /** What was accepted in its life, beside samples. Exemplars that were known already count too. */
  histograms = 0;
  exemplars = 0;
  logs = 0;
  #now = 0;
  #oldest = 0;
  #newest = 0;

  constructor(parts: WriterParts, input: number, source: SeriesSource) {
    this.#parts = parts;
    this.#catalogue = parts.catalogue;
    this.#index = parts.catalogue.index;
    this.#batches = parts.batches;
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

  get spelling(): Spelling {
    return this.#spelling;
  }

  set spelling(spelling: Spelling) {
    this.#spelling = spelling;
    this.#index = this.#catalogue.indexOf(spelling);
    this.#previous = NONE;
  }

  sample(bytes: Uint8Array, from: number, to: number, t: number, v: number): void {
    if (t > this.#newest) return this.#refuse('future', bytes, from, to);
    if (t < this.#oldest) return this.#refuse('too_old', bytes, from, to);
    if (bytes !== this.#bytes) this.#attach(bytes);
    const entry = this.#index.find(this.#view, from, to, this.#previous);
    const ordinal = entry === NONE ? this.#resolve(bytes, from, to) : this.#index.target(entry);
    if (ordinal === NONE) return this.#refuse(this.#catalogue.refusal, bytes, from, to);
    this.#previous = entry;
    const mark = this.#catalogue.watch[ordinal] as number;
    const stored = mark === 0 ? ordinal : this.#takeMarked(mark, ordinal, t, v);
    if (stored === NONE) return this.#refuse(this.#refusalOf(ordinal), bytes, from, to);
    this.#batches.append(stored, t, v, this.#input);
    this.#accepted += 1;
  }

  /** A series that somebody watches or a rule names: what it is stored in; -1: it is not to be stored. */
  #takeMarked(mark: number, ordinal: number, t: number, v: number): number {
    const { rules, taps } = this.#parts;
    const stored = (mark & RULED) === 0 ? ordinal : this.#storedIn(ordinal);
    if (stored === NONE) return NONE;
    if ((mark & RULED) !== 0 && this.isAggregated) rules.aggregate(ordinal, t, v);
    const place = (this.#catalogue.watch[stored] as number) & ~RULED;
    if (place !== 0) taps.push(place - 1, t, v);
    return stored;
  }

  /** The series that one named by a rule is stored in; -1: it is dropped, or cannot be stored under its new name. */
  #storedIn(ordinal: number): number {
    const { rules } = this.#parts;
    if (rules.isDropped(ordinal)) return NONE;
    return this.isAggregated ? rules.target(ordinal) : ordinal;
  }

  #refusalOf(ordinal: number): RejectReason {
    return this.#parts.rules.isDropped(ordinal) ? 'dropped_by_rule' : this.#catalogue.refusal;
  }

  stale(bytes: Uint8Array, from: number, to: number, t: number): void {
    const ordinal = this.#find(bytes, from, to, t);
    if (ordinal === NONE) return;
    this.#batches.appendStale(ordinal, t, this.#input);
    const place = (this.#catalogue.watch[ordinal] as number) & ~RULED;
    if (place !== 0) this.#parts.taps.push(place - 1, t, Number.NaN);
    this.#accepted += 1;
  }

  histogram(bytes: Uint8Array, from: number, to: number, t: number, histogram: NativeHistogram): void {
    if (!isWholeHistogram(histogram))
      return this.reject('bad_value', 'the buckets of the histogram do not fit its spans');
    const series = this.#find(bytes, from, to, t);
    if (series === NONE) return;
    if (!this.#parts.tables.histograms.append({ series, t, histogram }, this.#input)) return this.reject('spool_full');
    this.histograms += 1;
    this.#accepted += 1;
  }

  exemplar(bytes: Uint8Array, from: number, to: number, exemplar: Exemplar): void {
    const { t } = exemplar;
    if (!(t <= this.#newest && t >= this.#oldest)) return;
    const series = this.#locate(bytes, from, to);
    const stored = series === NONE ? NONE : this.#ruled(series);
    if (stored === NONE) return;
    this.exemplars += 1;
    this.#parts.tables.exemplar({ series: stored, exemplar }, this.#input);
  }

  metadata({ metric, type, unit, help }: MetricMetadata): void {
    if (metric === '' || metric.length > MAX_TEXT_LENGTH) return;
    const short = (text: string): string => text.slice(0, MAX_TEXT_LENGTH);
    this.#parts.tables.metadata({ metric, type, unit: short(unit), help: short(help) }, this.#input);
  }

  log(raw: RawLog): void {
    const refusal = this.#parts.logs.take(raw, this.#input, this.address, this.#now);
    if (refusal !== undefined) return this.reject(refusal);
    this.logs += 1;
    this.#accepted += 1;
  }

  reject(reason: RejectReason, detail?: string): void {
    this.#parts.ledger.reject(this.#input, reason, 1);
    this.onReject?.(this.position, reason, detail);
  }

  /** Refuses the record of a series, with a text that names it where someone reads it. */
  #refuse(reason: RejectReason, bytes: Uint8Array, from: number, to: number): void {
    const isRead = this.describe !== undefined && this.onReject !== undefined && this.#described < MAX_DESCRIBED;
    if (isRead) this.#described += 1;
    this.reject(reason, isRead ? this.describe?.(bytes.subarray(from, to)) : undefined);
  }

  /** Checks the time and finds the series; -1: the record was refused. */
  #find(bytes: Uint8Array, from: number, to: number, t: number): number {
    const isTimely = t <= this.#newest && t >= this.#oldest;
    const ordinal = isTimely ? this.#locate(bytes, from, to) : NONE;
    const stored = ordinal === NONE ? NONE : this.#ruled(ordinal);
    if (stored !== NONE) return stored;
    const refusal = ordinal === NONE ? this.#catalogue.refusal : this.#refusalOf(ordinal);
    this.#refuse(isTimely ? refusal : t > this.#newest ? 'future' : 'too_old', bytes, from, to);
    return NONE;
  }

  #ruled(ordinal: number): number {
    return ((this.#catalogue.watch[ordinal] as number) & RULED) === 0 ? ordinal : this.#storedIn(ordinal);
  }

  #locate(bytes: Uint8Array, from: number, to: number): number {
    if (bytes !== this.#bytes) this.#attach(bytes);
    const entry = this.#index.find(this.#view, from, to, this.#previous);
    if (entry === NONE) return this.#resolve(bytes, from, to);
    this.#previous = entry;
    return this.#index.target(entry);
  }

  #resolve(bytes: Uint8Array, from: number, to: number): number {
    return this.#catalogue.resolve(bytes, from, to, this.#source, this.#spelling);
  }

  /** Ends a chunk: what was taken is in the accounts. Returns how many records that is. */
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
