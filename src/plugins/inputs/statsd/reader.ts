import { LineSplitter } from '#core/bytes/line-splitter.ts';
import type { ReaderFactory, SampleWriter, StreamReader } from '#core/plugin/input.ts';
import type { StatsdAggregator } from './aggregator.ts';
import { readStatsdLine, type StatsdDialect } from './line.ts';

const CR = 0x0d;

/** Reads streams of statsd lines into the aggregator. Only bad lines become records here: they are refused. */
export function statsdReader(aggregator: StatsdAggregator, dialect: StatsdDialect): ReaderFactory {
  return (writer, { maxLineBytes }) => new StatsdReader(writer, maxLineBytes, { aggregator, dialect });
}

class StatsdReader implements StreamReader {
  readonly #writer: SampleWriter;
  readonly #lines: LineSplitter;
  #line = 0;

  constructor(
    writer: SampleWriter,
    maxLineBytes: number,
    { aggregator, dialect }: { aggregator: StatsdAggregator; dialect: StatsdDialect },
  ) {
    this.#writer = writer;
    const receiver = {
      measurement: (measurement: Parameters<StatsdAggregator['add']>[0]) => {
        if (!aggregator.add(measurement)) writer.reject('series_limit', 'too many names');
      },
      bad: (detail: string) => writer.reject('bad_line', detail),
    };
    this.#lines = new LineSplitter(maxLineBytes, {
      line: (bytes, from, to) => {
        this.#next();
        const end = bytes[to - 1] === CR ? to - 1 : to;
        if (end > from) readStatsdLine(textOf(bytes, from, end), dialect, receiver);
      },
      tooLong: () => {
        this.#next();
        writer.reject('too_long');
      },
    });
  }

  read(bytes: Uint8Array): boolean {
    this.#lines.read(bytes);
    return true;
  }

  end(): void {
    this.#lines.end();
    this.#line = 0;
  }

  #next(): void {
    this.#line += 1;
    this.#writer.position = this.#line;
  }
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString();
}
