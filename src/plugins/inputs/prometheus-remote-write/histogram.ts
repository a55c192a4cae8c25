import type { ProtobufScanner } from '#core/bytes/protobuf-scanner.ts';
import { type BucketSpan, type Buckets, type NativeHistogram, RESET_HINTS } from '#core/model/histogram.ts';

/** A `Histogram` message: the same fields in remote write 1.0 and 2.0. */
export type HistogramMessage = {
  readonly t: number;
  readonly isStale: boolean;
  readonly isFloat: boolean;
  readonly histogram: NativeHistogram;
};

/** One side as sent: counts are absolute (float histograms) or deltas. */
type Side = { readonly spans: BucketSpan[]; readonly deltas: number[]; readonly counts: number[] };

const STALE_HIGH = 0x7ff00000;
const STALE_LOW = 2;

/** True when the double at `at` has the 64 bits of Prometheus' stale marker; other NaN are values. */
export function isStaleMarker(view: DataView, at: number): boolean {
  return view.getUint32(at, true) === STALE_LOW && view.getUint32(at + 4, true) === STALE_HIGH;
}

/** Reads the `Histogram` message that ends at `to`. Throws `bad_request` when it is broken; its sense is not checked. */
export function readHistogram(scanner: ProtobufScanner, to: number): HistogramMessage {
  const message = new HistogramFields(scanner);
  while (scanner.at < to) message.field(scanner.varint(to), to);
  return message.whole();
}

class HistogramFields {
  readonly #scanner: ProtobufScanner;
  readonly #positive: Side = { spans: [], deltas: [], counts: [] };
  readonly #negative: Side = { spans: [], deltas: [], counts: [] };
  readonly #customValues: number[] = [];
  #t = 0;
  #isStale = false;
  #isFloat = false;
  #schema = 0;
  #count = 0;
  #sum = 0;
  #zeroThreshold = 0;
  #zeroCount = 0;
  #resetHint = 0;

  constructor(scanner: ProtobufScanner) {
    this.#scanner = scanner;
  }

  /** Reads the field of a tag: number and wire type together, `number << 3 | type`. */
  field(tag: number, to: number): void {
    const scanner = this.#scanner;
    if (tag === 0x08) this.#count = scanner.varint(to);
    else if (tag === 0x11) {
      this.#isFloat = true;
      this.#count = scanner.double(to);
    } else if (tag === 0x19) {
      this.#sum = scanner.double(to);
      this.#isStale = isStaleMarker(scanner.view, scanner.at - 8);
    } else if (tag === 0x20) this.#schema = scanner.sint(to);
    else if (tag === 0x29) this.#zeroThreshold = scanner.double(to);
    else if (tag === 0x30) this.#zeroCount = scanner.varint(to);
    else if (tag === 0x39) this.#zeroCount = scanner.double(to);
    else if (tag === 0x70) this.#resetHint = scanner.varint(to);
    else if (tag === 0x78) this.#t = scanner.int(to);
    else this.#repeated(tag, to);
  }

  whole(): HistogramMessage {
    const histogram: NativeHistogram = {
      schema: this.#schema,
      resetHint: RESET_HINTS[this.#resetHint] ?? 'unknown',
      count: this.#count,
      sum: this.#sum,
      zeroThreshold: this.#zeroThreshold,
      zeroCount: this.#zeroCount,
      positive: this.#bucketsOf(this.#positive),
      negative: this.#bucketsOf(this.#negative),
      customValues: Float64Array.from(this.#customValues),
    };
    return { t: this.#t, isStale: this.#isStale, isFloat: this.#isFloat, histogram };
  }

  /** Repeated numbers may be packed (wire type 2) or not. */
  #repeated(tag: number, to: number): void {
    const isPacked = (tag & 7) === 2;
    const numbers = (list: number[], read: (to: number) => number, type: number): void => {
      if (isPacked) {
        const end = this.#scanner.block(to);
        while (this.#scanner.at < end) list.push(read(end));
      } else if ((tag & 7) === type) list.push(read(to));
      else this.#scanner.skip(tag, to);
    };
    const double = (end: number): number => this.#scanner.double(end);
    const sint = (end: number): number => this.#scanner.sint(end);
    const field = tag >>> 3;
    if (field === 8 && isPacked) this.#negative.spans.push(readSpan(this.#scanner, to));
    else if (field === 9) numbers(this.#negative.deltas, sint, 0);
    else if (field === 10) numbers(this.#negative.counts, double, 1);
    else if (field === 11 && isPacked) this.#positive.spans.push(readSpan(this.#scanner, to));
    else if (field === 12) numbers(this.#positive.deltas, sint, 0);
    else if (field === 13) numbers(this.#positive.counts, double, 1);
    else if (field === 16) numbers(this.#customValues, double, 1);
    else this.#scanner.skip(tag, to);
  }

  #bucketsOf(side: Side): Buckets {
    if (this.#isFloat) return { spans: side.spans, counts: Float64Array.from(side.counts) };
    let count = 0;
    return { spans: side.spans, counts: Float64Array.from(side.deltas, (delta) => (count += delta)) };
  }
}

function readSpan(scanner: ProtobufScanner, to: number): BucketSpan {
  const end = scanner.block(to);
  let offset = 0;
  let length = 0;
  while (scanner.at < end) {
    const tag = scanner.varint(end);
    if (tag === 0x08) offset = scanner.sint(end);
    else if (tag === 0x10) length = scanner.varint(end);
    else scanner.skip(tag, end);
  }
  return { offset, length };
}
