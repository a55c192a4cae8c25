import { ProtobufScanner } from '#core/bytes/protobuf-scanner.ts';
import type { Labels } from '#core/model/labels.ts';
import type { SampleWriter } from '#core/plugin/input.ts';
import { MetadataOfSeries } from './metadata-of-series.ts';
import { SeriesRecords } from './series-records.ts';
import { SymbolTable } from './symbol-table.ts';

/** `io.prometheus.write.v2.Request` */
const SYMBOL = 0x22;
const TIMESERIES = 0x2a;
/** `io.prometheus.write.v2.TimeSeries` */
const LABEL_REF = 0x08;
const LABEL_REFS = 0x0a;
const SAMPLE = 0x12;
const HISTOGRAM = 0x1a;
const EXEMPLAR = 0x22;
const METADATA = 0x2a;

const NONE = -1;

/**
 * Reads a request of remote write 2.0, `io.prometheus.write.v2.Request`
 * (https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/). Throws `bad_request`; what was read before stays taken.
 */
export function readRequest2(bytes: Uint8Array, writer: SampleWriter): void {
  new Request2(bytes, writer).read();
}

class Request2 {
  readonly #scanner: ProtobufScanner;
  readonly #writer: SampleWriter;
  readonly #records: SeriesRecords;
  readonly #symbols: SymbolTable;
  readonly #metadata: MetadataOfSeries;
  readonly #readLabels: (to: number) => Labels;
  /** Of a label whose value comes next. */
  #labelName = NONE;

  constructor(bytes: Uint8Array, writer: SampleWriter) {
    const scanner = new ProtobufScanner(bytes);
    this.#scanner = scanner;
    this.#writer = writer;
    this.#records = new SeriesRecords(scanner, writer);
    this.#symbols = new SymbolTable(scanner);
    this.#metadata = new MetadataOfSeries(scanner, this.#symbols, writer);
    this.#readLabels = (to) => this.#exemplarLabels(scanner.block(to));
  }

  /** Symbols first, wherever they stand. */
  read(): void {
    this.#fields(SYMBOL, (end) => this.#symbols.add(end));
    this.#metadata.reserve(this.#symbols.size);
    this.#fields(TIMESERIES, (end) => {
      this.#writer.position += 1;
      this.#series(end);
    });
  }

  #fields(wanted: number, read: (end: number) => void): void {
    const scanner = this.#scanner;
    const to = scanner.bytes.length;
    scanner.at = 0;
    while (scanner.at < to) {
      const tag = scanner.varint(to);
      if (tag === wanted) read(scanner.block(to));
      else scanner.skip(tag, to);
    }
  }

  #series(to: number): void {
    const scanner = this.#scanner;
    const from = scanner.at;
    this.#findKey(to);
    let hasExemplars = false;
    scanner.at = from;
    while (scanner.at < to) {
      const tag = scanner.varint(to);
      if (tag === SAMPLE) this.#records.sample(to);
      else if (tag === HISTOGRAM) this.#records.histogram(to);
      else if (tag === METADATA) this.#metadata.read(scanner.block(to));
      else {
        hasExemplars ||= tag === EXEMPLAR;
        scanner.skip(tag, to);
      }
    }
    if (hasExemplars) this.#exemplars(from, to);
  }

  /** The key is built as remote write 1.0 would have sent it, so that a series has one spelling in both. */
  #findKey(to: number): void {
    const scanner = this.#scanner;
    const symbols = this.#symbols;
    symbols.startKey();
    this.#labelName = NONE;
    while (scanner.at < to) {
      const tag = scanner.varint(to);
      if (tag === LABEL_REFS) {
        const end = scanner.block(to);
        while (scanner.at < end) this.#labelRef(scanner.varint(end));
      } else if (tag === LABEL_REF) this.#labelRef(scanner.varint(to));
      else scanner.skip(tag, to);
    }
    if (this.#labelName !== NONE) throw scanner.broken('a label has a name but no value');
    this.#records.of(symbols.bytes, 0, symbols.length);
  }

  #labelRef(ref: number): void {
    if (this.#labelName === NONE) {
      this.#labelName = ref;
      return;
    }
    this.#symbols.appendLabel(this.#labelName, ref);
    this.#labelName = NONE;
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

  #exemplarLabels(to: number): Labels {
    const scanner = this.#scanner;
    const labels: Record<string, string> = {};
    while (scanner.at < to) {
      const name = this.#symbols.text(scanner.varint(to));
      const value = this.#symbols.text(scanner.varint(to));
      if (value !== '') labels[name] = value;
    }
    return labels;
  }
}
