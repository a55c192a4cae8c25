import type { Exemplar } from '../model/exemplar.ts';
import type { NativeHistogram } from '../model/histogram.ts';
import type { RawLog } from '../model/log-record.ts';
import type { MetricMetadata } from '../model/metric-metadata.ts';
import type { RejectedRecord, RejectReason, SampleWriter } from './input.ts';

/** What a {@link RecordingWriter} was given, in order. Keys as text: decoded by `spelling` where the reader sets it. */
export type RecordedData = {
  readonly samples: { readonly key: string; readonly t: number; readonly v: number }[];
  readonly stale: { readonly key: string; readonly t: number }[];
  readonly histograms: { readonly key: string; readonly t: number; readonly histogram: NativeHistogram }[];
  readonly exemplars: { readonly key: string; readonly exemplar: Exemplar }[];
  readonly metadata: MetricMetadata[];
  /** Bodies as copies. */
  readonly logs: RawLog[];
  /** `line` is the reader's position; a key that `spelling` refuses is counted here as `bad_key`. */
  readonly rejects: RejectedRecord[];
};

/** A writer for tests of readers: keeps everything it is given as data. */
export class RecordingWriter implements SampleWriter {
  position = 0;
  /** Set by tests of readers that look at it. */
  address = '';
  spelling: SampleWriter['spelling'];
  describe: SampleWriter['describe'];
  readonly records: RecordedData = {
    samples: [],
    stale: [],
    histograms: [],
    exemplars: [],
    metadata: [],
    logs: [],
    rejects: [],
  };
  readonly #now: number;

  /** `now` in ms since the epoch. */
  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  sample(bytes: Uint8Array, from: number, to: number, t: number, v: number): void {
    this.#keyed(bytes.slice(from, to), (key) => this.records.samples.push({ key, t, v }));
  }

  stale(bytes: Uint8Array, from: number, to: number, t: number): void {
    this.#keyed(bytes.slice(from, to), (key) => this.records.stale.push({ key, t }));
  }

  histogram(bytes: Uint8Array, from: number, to: number, t: number, histogram: NativeHistogram): void {
    this.#keyed(bytes.slice(from, to), (key) => this.records.histograms.push({ key, t, histogram }));
  }

  exemplar(bytes: Uint8Array, from: number, to: number, exemplar: Exemplar): void {
    const key = this.#keyOf(bytes.slice(from, to));
    if (key !== undefined) this.records.exemplars.push({ key, exemplar });
  }

  metadata(metadata: MetricMetadata): void {
    this.records.metadata.push(metadata);
  }

  log(log: RawLog): void {
    this.records.logs.push({ ...log, body: typeof log.body === 'string' ? log.body : new Uint8Array(log.body) });
  }

  reject(reason: RejectReason, detail?: string): void {
    this.records.rejects.push({ line: this.position, reason, ...(detail === undefined ? {} : { detail }) });
  }

  #keyed(bytes: Uint8Array, take: (key: string) => void): void {
    const key = this.#keyOf(bytes);
    if (key === undefined) this.reject('bad_key', this.describe?.(bytes));
    else take(key);
  }

  #keyOf(bytes: Uint8Array): string | undefined {
    return this.spelling === undefined ? new TextDecoder().decode(bytes) : this.spelling(bytes);
  }
}
