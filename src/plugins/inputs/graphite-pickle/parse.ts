import { parseDecimal } from '#core/bytes/decimal.ts';
import type { ReaderFactory, ReaderLimits, SampleWriter, StreamReader } from '#core/plugin/input.ts';
import { type PickleValue, UnpickleError, unpickle } from './unpickle.ts';

const PREFIX_BYTES = 4;

/**
 * Graphite's pickle protocol: frames of a big-endian 32-bit length and a pickled list of `(path, (timestamp, value))`
 * (https://graphite.readthedocs.io/en/latest/feeding-carbon.html#the-pickle-protocol). A frame that is no such list is
 * refused whole; one that is longer than the limit ends the connection.
 */
export const pickleReader: ReaderFactory = (writer, limits) => new PickleReader(writer, limits);

class PickleReader implements StreamReader {
  readonly #writer: SampleWriter;
  readonly #maxFrameBytes: number;
  /** Bytes of a frame that is not whole yet. */
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #needed = PREFIX_BYTES;

  constructor(writer: SampleWriter, limits: ReaderLimits) {
    this.#writer = writer;
    this.#maxFrameBytes = limits.maxFrameBytes;
  }

  read(chunk: Uint8Array): boolean {
    this.#bytes += chunk.length;
    if (this.#bytes < this.#needed) {
      this.#parts.push(new Uint8Array(chunk));
      return true;
    }
    const bytes = this.#parts.length === 0 ? chunk : Buffer.concat([...this.#parts, chunk]);
    const rest = this.#frames(bytes);
    if (rest === undefined) return this.#giveUp();
    this.#bytes = bytes.length - rest;
    this.#parts = this.#bytes === 0 ? [] : [new Uint8Array(bytes.subarray(rest))];
    return true;
  }

  end(): void {
    if (this.#bytes > 0) this.#writer.reject('bad_frame');
    this.#giveUp();
  }

  /** Takes all whole frames; returns where the first unfinished one starts, undefined when the stream is broken. */
  #frames(bytes: Uint8Array): number | undefined {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    while (bytes.length - at >= PREFIX_BYTES) {
      const length = view.getUint32(at, false);
      if (length > this.#maxFrameBytes) {
        this.#writer.reject('too_long');
        return undefined;
      }
      this.#needed = PREFIX_BYTES + length;
      if (bytes.length - at < this.#needed) return at;
      this.#frame(bytes.subarray(at + PREFIX_BYTES, at + this.#needed));
      at += this.#needed;
    }
    this.#needed = PREFIX_BYTES;
    return at;
  }

  #frame(bytes: Uint8Array): void {
    const records = recordsOf(bytes);
    if (records === undefined) return this.#writer.reject('bad_frame');
    for (const record of records) {
      this.#writer.position += 1;
      this.#record(record);
    }
  }

  #record(record: PickleValue): void {
    if (!isPair(record) || !isPair(record[1]) || !(record[0] instanceof Uint8Array))
      return this.#writer.reject('bad_line');
    const path = record[0];
    const v = numberOf(record[1][1]);
    const t = numberOf(record[1][0]);
    if (v === undefined) return this.#writer.reject('bad_value');
    if (v !== v) return this.#writer.reject('nan');
    if (t === undefined || t !== t) return this.#writer.reject('bad_time');
    const ms = t === -1 ? this.#writer.now() : Math.floor(t * 1000 + 0.5);
    this.#writer.sample(path, 0, path.length, ms, v);
  }

  #giveUp(): false {
    this.#parts = [];
    this.#bytes = 0;
    this.#needed = PREFIX_BYTES;
    this.#writer.position = 0;
    return false;
  }
}

function recordsOf(bytes: Uint8Array): readonly PickleValue[] | undefined {
  try {
    const value = unpickle(bytes);
    return isList(value) ? value : undefined;
  } catch (error) {
    if (error instanceof UnpickleError) return undefined;
    throw error;
  }
}

function isList(value: PickleValue | undefined): value is readonly PickleValue[] {
  return Array.isArray(value);
}

function isPair(value: PickleValue | undefined): value is readonly [PickleValue, PickleValue] {
  return isList(value) && value.length === 2;
}

/** Carbon calls `float()` on both numbers, so texts of numbers are taken too. Undefined: no number. */
function numberOf(value: PickleValue): number | undefined {
  if (typeof value === 'number') return value;
  if (!(value instanceof Uint8Array)) return undefined;
  const parsed = parseDecimal(value, 0, value.length);
  return parsed !== parsed ? undefined : parsed;
}
