import type { Exemplar } from '#core/model/exemplar.ts';
import type { NativeHistogram } from '#core/model/histogram.ts';
import { canonicalKey, type Labels, labelsOfKey } from '#core/model/labels.ts';
import { seriesText } from '#core/model/series-text.ts';
import type { RejectReason, SampleWriter } from '#core/plugin/input.ts';

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** One function for all requests: series are remembered by it. */
const canonicalSpelling = (key: Uint8Array): string => UTF8.decode(key);

/** Writes records of series that are given as labels: their keys are canonical already. */
export class SeriesWriter {
  readonly #writer: SampleWriter;

  constructor(writer: SampleWriter) {
    this.#writer = writer;
    writer.spelling = canonicalSpelling;
    writer.describe = (key) => seriesText(Object.entries(labelsOfKey(canonicalSpelling(key))));
  }

  /** The records that follow are those of the next data point. */
  nextPoint(): void {
    this.#writer.position += 1;
  }

  /** Refuses the data point. */
  reject(reason: RejectReason, detail: string): void {
    this.#writer.reject(reason, detail);
  }

  /** `undefined`: the series has ended. */
  value(labels: Labels, t: number, v: number | undefined): void {
    const key = Buffer.from(canonicalKey(labels));
    if (v === undefined) this.#writer.stale(key, 0, key.length, t);
    else this.#writer.sample(key, 0, key.length, t, v);
  }

  /** `undefined`: the series has ended. */
  histogram(labels: Labels, t: number, histogram: NativeHistogram | undefined): void {
    const key = Buffer.from(canonicalKey(labels));
    if (histogram === undefined) this.#writer.stale(key, 0, key.length, t);
    else this.#writer.histogram(key, 0, key.length, t, histogram);
  }

  exemplar(labels: Labels, exemplar: Exemplar): void {
    const key = Buffer.from(canonicalKey(labels));
    this.#writer.exemplar(key, 0, key.length, exemplar);
  }

  metadata: SampleWriter['metadata'] = (metadata) => this.#writer.metadata(metadata);
}
