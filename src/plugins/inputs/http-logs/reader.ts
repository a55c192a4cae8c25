import { LineSplitter } from '#core/bytes/line-splitter.ts';
import { createLogObjectReader } from '#core/log-fields/object-reader.ts';
import { isJsonObject, parseJson } from '#core/log-fields/parse-json.ts';
import { MAX_LOG_BYTES, type RawLog } from '#core/model/log-record.ts';
import type { ReaderFactory, ReaderOptions, SampleWriter, StreamReader } from '#core/plugin/input.ts';

const [OBJECT, LIST, BLANK, CR] = [0x7b, 0x5b, 0x20, 0x0d];
const DEFAULT_SOURCE = 'http';

/**
 * Log records of a body: a JSON array, a JSON object, or lines, each a JSON object or plain text. The position of a record
 * is its line, in an array its place, from 1. Options: `host`, `service` and `source` of records that name none, `format`
 * of lines that are text; `json`: text is refused.
 */
export const httpLogsReader: ReaderFactory = (writer, _, options = {}) => new HttpLogsReader(writer, options);

class HttpLogsReader implements StreamReader {
  readonly #writer: SampleWriter;
  readonly #options: ReaderOptions;
  readonly #read = createLogObjectReader();
  readonly #lines: LineSplitter;

  constructor(writer: SampleWriter, options: ReaderOptions) {
    this.#writer = writer;
    this.#options = options;
    this.#lines = new LineSplitter(MAX_LOG_BYTES, {
      line: (bytes, from, to) => this.#line(bytes.subarray(from, bytes[to - 1] === CR ? to - 1 : to)),
      tooLong: () => this.#refuse('too_long', `more than ${MAX_LOG_BYTES} bytes`),
    });
  }

  read(bytes: Uint8Array): boolean {
    const whole = firstOf(bytes) === LIST || firstOf(bytes) === OBJECT ? parseJson(textOf(bytes)) : undefined;
    if (Array.isArray(whole)) for (const item of whole as readonly unknown[]) this.#item(item);
    else if (isJsonObject(whole)) this.#item(whole);
    else this.#lines.read(bytes);
    return true;
  }

  end(): void {
    this.#lines.end();
    this.#writer.position = 0;
  }

  #item(item: unknown): void {
    if (isJsonObject(item)) this.#write(this.#read(item, this.#writer.now()));
    else if (typeof item === 'string') this.#write({ body: item });
    else this.#refuse('bad_line', 'it is neither an object nor a text');
  }

  #line(line: Uint8Array): void {
    const first = firstOf(line);
    if (first === undefined) {
      this.#writer.position += 1;
      return;
    }
    const object = first === OBJECT ? parseJson(textOf(line)) : undefined;
    if (isJsonObject(object)) this.#write(this.#read(object, this.#writer.now()));
    else if (this.#options['json'] !== undefined) this.#refuse('bad_line', 'it is no object of JSON');
    else this.#write({ body: line, ...formatOf(this.#options) });
  }

  #write(log: RawLog): void {
    const { host = '', service = '', source = DEFAULT_SOURCE } = this.#options;
    this.#writer.position += 1;
    this.#writer.log({ ...log, host: log.host || host, service: log.service || service, source });
  }

  #refuse(reason: 'too_long' | 'bad_line', detail: string): void {
    this.#writer.position += 1;
    this.#writer.reject(reason, detail);
  }
}

function formatOf({ format }: ReaderOptions): { readonly format?: string } {
  return format === undefined ? {} : { format };
}

/** The first byte that is no blank. */
function firstOf(bytes: Uint8Array): number | undefined {
  return bytes.find((byte) => byte > BLANK);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}
