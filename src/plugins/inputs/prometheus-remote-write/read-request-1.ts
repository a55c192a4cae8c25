import { ProtobufScanner } from '#core/bytes/protobuf-scanner.ts';
import type { Labels } from '#core/model/labels.ts';
import { METRIC_TYPES, type MetricType } from '#core/model/metric-metadata.ts';
import type { SampleWriter } from '#core/plugin/input.ts';
import { LABEL_TAG, labelsOf, readLabelPair, readText } from './label-pairs.ts';
import { SeriesRecords } from './series-records.ts';

/** `prometheus.WriteRequest` */
const TIMESERIES = 0x0a;
const METADATA = 0x1a;
/** `prometheus.TimeSeries` */
const SAMPLE = 0x12;
const EXEMPLAR = 0x1a;
const HISTOGRAM = 0x22;

/**
 * Reads a request of remote write 1.0, `prometheus.WriteRequest` (prometheus/prompb/remote.proto). The bytes of a series'
 * labels are its key. Throws `bad_request`; what was read before stays taken.
 */
export function readRequest1(bytes: Uint8Array, writer: SampleWriter): void {
  new Request1(bytes, writer).read();
}

class Request1 {
  readonly #scanner: ProtobufScanner;
  readonly #writer: SampleWriter;
  readonly #records: SeriesRecords;
  readonly #readLabels: (to: number) => Labels;
  #hasExemplars = false;

  constructor(bytes: Uint8Array, writer: SampleWriter) {
    const scanner = new ProtobufScanner(bytes);
    this.#scanner = scanner;
    this.#writer = writer;
    this.#records = new SeriesRecords(scanner, writer);
    this.#readLabels = (to) => labelsOf([readLabelPair(scanner, scanner.block(to))]);
  }

  read(): void {
    const scanner = this.#scanner;
    const to = scanner.bytes.length;
    while (scanner.at < to) {
      const tag = scanner.varint(to);
      if (tag === TIMESERIES) {
        this.#writer.position += 1;
        this.#series(scanner.block(to));
      } else if (tag === METADATA) this.#metadata(scanner.block(to));
      else scanner.skip(tag, to);
    }
  }

  #series(to: number): void {
    const scanner = this.#scanner;
    const from = scanner.at;
    this.#findKey(to);
    scanner.at = from;
    while (scanner.at < to) {
      const tag = scanner.varint(to);
      if (tag === SAMPLE) this.#records.sample(to);
      else if (tag === HISTOGRAM) this.#records.histogram(to);
      else scanner.skip(tag, to);
    }
    if (this.#hasExemplars) this.#exemplars(from, to);
  }

  /** Labels come first and together from every known sender; from others they are copied together. */
  #findKey(to: number): void {
    const scanner = this.#scanner;
    const from = scanner.at;
    let keyEnd = from;
    let isSplit = false;
    this.#hasExemplars = false;
    while (scanner.at < to) {
      const start = scanner.at;
      const tag = scanner.varint(to);
      if (tag === EXEMPLAR) this.#hasExemplars = true;
      scanner.skip(tag, to);
      if (tag !== LABEL_TAG) continue;
      isSplit ||= start !== keyEnd;
      keyEnd = scanner.at;
    }
    if (isSplit) this.#gatherKey(from, to);
    else this.#records.of(scanner.bytes, from, keyEnd);
  }

  #gatherKey(from: number, to: number): void {
    const scanner = this.#scanner;
    const labels: Uint8Array[] = [];
    scanner.at = from;
    while (scanner.at < to) {
      const start = scanner.at;
      const tag = scanner.varint(to);
      scanner.skip(tag, to);
      if (tag === LABEL_TAG) labels.push(scanner.bytes.subarray(start, scanner.at));
    }
    const key = Buffer.concat(labels);
    this.#records.of(key, 0, key.length);
  }

  /** After the samples, so that the writer knows their series. */
  #exemplars(from: number, to: number): void {
    const scanner = this.#scanner;
    scanner.at = from;
    while (scanner.at < to) {
      const tag = scanner.varint(to);
      if (tag === EXEMPLAR) this.#records.exemplar(to, this.#readLabels);
      else scanner.skip(tag, to);
    }
  }

  #metadata(to: number): void {
    const scanner = this.#scanner;
    let type: MetricType = 'unknown';
    let metric = '';
    let help = '';
    let unit = '';
    while (scanner.at < to) {
      const tag = scanner.varint(to);
      if (tag === 0x08) type = METRIC_TYPES[scanner.varint(to)] ?? 'unknown';
      else if (tag === 0x12) metric = readText(scanner, to);
      else if (tag === 0x22) help = readText(scanner, to);
      else if (tag === 0x2a) unit = readText(scanner, to);
      else scanner.skip(tag, to);
    }
    if (metric !== '') this.#writer.metadata({ metric, type, unit, help });
  }
}
