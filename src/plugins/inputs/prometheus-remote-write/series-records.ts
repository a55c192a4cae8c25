import type { ProtobufScanner } from '#core/bytes/protobuf-scanner.ts';
import type { Labels } from '#core/model/labels.ts';
import type { SampleWriter } from '#core/plugin/input.ts';
import { isStaleMarker, readHistogram } from './histogram.ts';
import { histogramProblem } from './histogram-problem.ts';
import { describeLabels } from './label-pairs.ts';

/**
 * Hands the records of one series at a time to the writer. `sample` runs once per sample without allocating; whatever
 * else a series holds is rare.
 */
export class SeriesRecords {
  readonly #scanner: ProtobufScanner;
  readonly #writer: SampleWriter;
  #key: Uint8Array;
  #from = 0;
  #to = 0;

  constructor(scanner: ProtobufScanner, writer: SampleWriter) {
    this.#scanner = scanner;
    this.#writer = writer;
    this.#key = scanner.bytes;
  }

  /** The series whose records follow: its labels as fields of `prometheus.TimeSeries`, in `bytes[from, to)`. */
  of(bytes: Uint8Array, from: number, to: number): void {
    this.#key = bytes;
    this.#from = from;
    this.#to = to;
  }

  /** The `Sample` message (1.0 and 2.0) that begins here with its length. */
  sample(to: number): void {
    const scanner = this.#scanner;
    const end = scanner.block(to);
    let v = 0;
    let t = 0;
    let valueAt = -1;
    while (scanner.at < end) {
      const tag = scanner.varint(end);
      if (tag === 0x09) {
        valueAt = scanner.at;
        v = scanner.double(end);
      } else if (tag === 0x10) t = scanner.int(end);
      else scanner.skip(tag, end);
    }
    if (v !== v && isStaleMarker(scanner.view, valueAt)) this.#writer.stale(this.#key, this.#from, this.#to, t);
    else this.#writer.sample(this.#key, this.#from, this.#to, t, v);
  }

  /** The `Histogram` message (1.0 and 2.0) that begins here with its length. */
  histogram(to: number): void {
    const { t, isStale, isFloat, histogram } = readHistogram(this.#scanner, this.#scanner.block(to));
    if (isStale) return this.#writer.stale(this.#key, this.#from, this.#to, t);
    const problem = histogramProblem(histogram, isFloat);
    if (problem === undefined) return this.#writer.histogram(this.#key, this.#from, this.#to, t, histogram);
    this.#writer.reject('bad_value', `${describeLabels(this.#key.subarray(this.#from, this.#to))}: ${problem}`);
  }

  /**
   * The `Exemplar` message (1.0 and 2.0) that begins here with its length; `readLabels` reads its field 1, whose type
   * alone differs.
   */
  exemplar(to: number, readLabels: (to: number) => Labels): void {
    const scanner = this.#scanner;
    const end = scanner.block(to);
    const labels: Record<string, string> = {};
    let v = 0;
    let t = 0;
    while (scanner.at < end) {
      const tag = scanner.varint(end);
      if (tag === 0x0a) Object.assign(labels, readLabels(end));
      else if (tag === 0x11) v = scanner.double(end);
      else if (tag === 0x18) t = scanner.int(end);
      else scanner.skip(tag, end);
    }
    this.#writer.exemplar(this.#key, this.#from, this.#to, { t, v, labels });
  }
}
