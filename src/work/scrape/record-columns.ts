import type { Exemplar } from '#core/model/exemplar.ts';
import type { NativeHistogram } from '#core/model/histogram.ts';
import type { MetricMetadata } from '#core/model/metric-metadata.ts';
import type { RecordBatch } from '#core/sink.ts';

/** Gathers the records of one scrape. */
export class RecordColumns {
  readonly #keys: string[] = [];
  readonly #times: number[] = [];
  readonly #values: number[] = [];
  readonly #stale: string[] = [];
  readonly histograms: { key: string; t: number; histogram: NativeHistogram }[] = [];
  readonly exemplars: { key: string; exemplar: Exemplar }[] = [];
  readonly metadata: MetricMetadata[] = [];

  sample(key: string, t: number, v: number): void {
    this.#keys.push(key);
    this.#times.push(t);
    this.#values.push(v);
  }

  stale(key: string): void {
    this.#stale.push(key);
  }

  /** All of it; series end at `staleAt`. */
  batch(source: string, staleAt: number): RecordBatch {
    const { histograms, exemplars, metadata } = this;
    return {
      source,
      samples: { keys: this.#keys, t: Float64Array.from(this.#times), values: Float64Array.from(this.#values) },
      stale: { keys: this.#stale, t: new Float64Array(this.#stale.length).fill(staleAt) },
      histograms,
      exemplars,
      metadata,
    };
  }
}
