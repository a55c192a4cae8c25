import { LineSplitter } from '#core/bytes/line-splitter.ts';
import { AppError } from '#core/errors.ts';
import { textOfKey } from '#core/model/key-bytes.ts';
import type { ReaderFactory, SampleWriter, StreamReader } from '#core/plugin/input.ts';
import { INSTANT_UNITS, type InstantUnit } from '#core/units/instant.ts';
import { isProblem, readRecord } from './record.ts';

const LEFT_BRACKET = 0x5b;
const SPACE = 0x20;

/**
 * Samples as JSON: an array of records, or records on lines of their own. The position of a record is its line, in an
 * array its place from 1. Option `unit` (auto, s, ms): what numbers for times are.
 */
export const jsonReader: ReaderFactory = (writer, { maxFrameBytes }, options = {}) =>
  new JsonReader(writer, maxFrameBytes, unitOf(options['unit']));

class JsonReader implements StreamReader {
  readonly #writer: SampleWriter;
  readonly #unit: InstantUnit;
  readonly #lines: LineSplitter;
  #line = 0;

  constructor(writer: SampleWriter, maxRecordBytes: number, unit: InstantUnit) {
    this.#writer = writer;
    this.#unit = unit;
    this.#lines = new LineSplitter(maxRecordBytes, {
      line: (bytes, from, to) => this.#text(bytes.subarray(from, to)),
      tooLong: () => {
        this.#next();
        writer.reject('too_long');
      },
    });
    writer.spelling = textOfKey;
  }

  read(bytes: Uint8Array): boolean {
    if (this.#line > 0 || bytes.find((byte) => byte > SPACE) !== LEFT_BRACKET) this.#lines.read(bytes);
    else this.#array(bytes);
    return true;
  }

  end(): void {
    this.#lines.end();
    this.#line = 0;
  }

  #array(bytes: Uint8Array): void {
    const records = parsed(bytes);
    if (!Array.isArray(records)) throw new AppError('bad_request', 'the body begins like an array and is not one');
    for (const record of records) {
      this.#next();
      this.#record(record);
    }
    this.#line = 0;
  }

  #text(bytes: Uint8Array): void {
    this.#next();
    if (!bytes.some((byte) => byte > SPACE)) return;
    const value = parsed(bytes);
    if (value === undefined) this.#writer.reject('bad_line', 'not JSON');
    else this.#record(value);
  }

  #record(value: unknown): void {
    const record = readRecord(value, this.#unit);
    if (isProblem(record)) return this.#writer.reject(record.reason, record.detail);
    const key = Buffer.from(record.key);
    for (const sample of record.samples) {
      if (isProblem(sample)) this.#writer.reject(sample.reason, sample.detail);
      else this.#writer.sample(key, 0, key.length, sample.t ?? this.#writer.now(), sample.v);
    }
  }

  #next(): void {
    this.#line += 1;
    this.#writer.position = this.#line;
  }
}

/** Undefined: not JSON. */
function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()) as unknown;
  } catch {
    return undefined;
  }
}

function unitOf(text: string | undefined): InstantUnit {
  const found = text === undefined ? 'auto' : INSTANT_UNITS.find((unit) => unit === text);
  if (found !== undefined) return found;
  throw new AppError('bad_request', `invalid unit "${text ?? ''}" (use ${INSTANT_UNITS.join(', ')})`);
}
