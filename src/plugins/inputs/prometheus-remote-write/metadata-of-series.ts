import type { ProtobufScanner } from '#core/bytes/protobuf-scanner.ts';
import { METRIC_TYPES, type MetricType } from '#core/model/metric-metadata.ts';
import type { SampleWriter } from '#core/plugin/input.ts';
import type { SymbolTable } from './symbol-table.ts';

/** Suffixes that series of a type add to the name of their metric. */
const SUFFIXES: Readonly<Partial<Record<MetricType, RegExp>>> = {
  histogram: /_(?:bucket|sum|count)$/,
  gaugehistogram: /_(?:bucket|gsum|gcount)$/,
  summary: /_(?:sum|count)$/,
};

/** The metadata that remote write 2.0 repeats with every series: told once per metric of a request. */
export class MetadataOfSeries {
  readonly #scanner: ProtobufScanner;
  readonly #symbols: SymbolTable;
  readonly #writer: SampleWriter;
  /** By reference of a name, what was told of it: type + 1, references of help and unit. */
  #told = new Uint32Array(0);

  constructor(scanner: ProtobufScanner, symbols: SymbolTable, writer: SampleWriter) {
    this.#scanner = scanner;
    this.#symbols = symbols;
    this.#writer = writer;
  }

  /** To be called when the symbols are known. */
  reserve(symbols: number): void {
    this.#told = new Uint32Array(3 * symbols);
  }

  /** Reads the `Metadata` message that ends at `to`, of the last series of the symbols. */
  read(to: number): void {
    const scanner = this.#scanner;
    let type = 0;
    let help = 0;
    let unit = 0;
    while (scanner.at < to) {
      const tag = scanner.varint(to);
      if (tag === 0x08) type = scanner.varint(to);
      else if (tag === 0x18) help = scanner.varint(to);
      else if (tag === 0x20) unit = scanner.varint(to);
      else scanner.skip(tag, to);
    }
    const name = this.#symbols.metricRef;
    if (name >= 0 && (type !== 0 || help !== 0 || unit !== 0)) this.#tell(name, type, help, unit);
  }

  #tell(name: number, type: number, help: number, unit: number): void {
    const told = this.#told;
    const at = 3 * name;
    if (told[at] === type + 1 && told[at + 1] === help && told[at + 2] === unit) return;
    told[at] = type + 1;
    told[at + 1] = help;
    told[at + 2] = unit;
    const known = METRIC_TYPES[type] ?? 'unknown';
    const metric = this.#symbols.text(name).replace(SUFFIXES[known] ?? '', '');
    this.#writer.metadata({ metric, type: known, unit: this.#symbols.text(unit), help: this.#symbols.text(help) });
  }
}
