import { LineSplitter } from '#core/bytes/line-splitter.ts';
import { AppError } from '#core/errors.ts';
import { createLogObjectReader } from '#core/log-fields/object-reader.ts';
import { isJsonObject, parseJson } from '#core/log-fields/parse-json.ts';
import { MAX_LOG_BYTES } from '#core/model/log-record.ts';
import type { ReaderFactory, SampleWriter, StreamReader } from '#core/plugin/input.ts';

const DEFAULT_INDEX = 'logs';
const SPACE = 0x20;
/** Actions that bring a document on the line after them. */
const WITH_DOCUMENT = ['index', 'create', 'update'];

/**
 * Bodies of `_bulk`: a line that says what to do, then the document. The position of a record is that of its item, from
 * 1. Option `index`: of items that name none. Throws `bad_request` at a line that is no action.
 */
export const bulkReader: ReaderFactory = (writer, _, options = {}) =>
  new BulkReader(writer, options['index'] ?? DEFAULT_INDEX);

/** A body that is one document. */
export const documentReader: ReaderFactory = (writer, _, options = {}) => {
  const write = documentWriter(writer);
  return {
    read: (bytes) => {
      writer.position = 1;
      write(bytes, options['index'] ?? DEFAULT_INDEX);
      return true;
    },
    end: () => {
      writer.position = 0;
    },
  };
};

class BulkReader implements StreamReader {
  readonly #writer: SampleWriter;
  readonly #index: string;
  readonly #write: ReturnType<typeof documentWriter>;
  readonly #lines: LineSplitter;
  /** What the next line is the document of. */
  #awaited: { readonly action: string; readonly index: string } | undefined;

  constructor(writer: SampleWriter, index: string) {
    this.#writer = writer;
    this.#index = index;
    this.#write = documentWriter(writer);
    this.#lines = new LineSplitter(MAX_LOG_BYTES, {
      line: (bytes, from, to) => this.#line(bytes.subarray(from, to)),
      tooLong: () => {
        if (this.#awaited === undefined) throw malformed(this.#writer.position + 1, 'it is too long');
        this.#next();
        writer.reject('too_long', `a document of more than ${MAX_LOG_BYTES} bytes`);
      },
    });
  }

  read(bytes: Uint8Array): boolean {
    this.#lines.read(bytes);
    return true;
  }

  end(): void {
    this.#lines.end();
    if (this.#awaited !== undefined) {
      this.#next();
      this.#writer.reject('bad_line', 'the body ends before its document');
    }
    this.#writer.position = 0;
  }

  #line(bytes: Uint8Array): void {
    const awaited = this.#awaited;
    if (awaited === undefined) return this.#action(bytes);
    this.#next();
    if (awaited.action === 'update') this.#writer.reject('bad_line', 'log records cannot be updated');
    else this.#write(bytes, awaited.index);
  }

  #action(bytes: Uint8Array): void {
    if (!bytes.some((byte) => byte > SPACE)) return;
    const line = parseJson(textOf(bytes));
    const [action = '', target] = isJsonObject(line) ? (Object.entries(line)[0] ?? []) : [];
    const place = this.#writer.position + 1;
    if (!isJsonObject(target)) throw malformed(place, 'it is no action');
    const index = typeof target['_index'] === 'string' ? target['_index'] : this.#index;
    if (WITH_DOCUMENT.includes(action)) {
      this.#awaited = { action, index };
      return;
    }
    if (action !== 'delete') throw malformed(place, `there is no action "${action}"`);
    this.#next();
    this.#writer.reject('bad_line', 'log records cannot be deleted one by one');
  }

  #next(): void {
    this.#awaited = undefined;
    this.#writer.position += 1;
  }
}

/** Writes a document in JSON, of an index, as a log record. */
function documentWriter(writer: SampleWriter): (bytes: Uint8Array, index: string) => void {
  const read = createLogObjectReader();
  return (bytes, index) => {
    const document = parseJson(textOf(bytes));
    if (!isJsonObject(document)) return writer.reject('bad_line', 'the document is no object of JSON');
    const { attributes = [], ...log } = read(document, writer.now());
    writer.log({
      ...log,
      source: `elasticsearch:${index}`,
      attributes: [...attributes, ...indexField(attributes, index)],
    });
  };
}

/** A document may have a field of this name itself. */
function indexField(attributes: readonly string[], index: string): readonly string[] {
  return attributes.some((name, i) => i % 2 === 0 && name === 'index') ? [] : ['index', index];
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}

function malformed(item: number, what: string): AppError {
  return new AppError('bad_request', `Malformed action/metadata line of item ${item}: ${what}`);
}
