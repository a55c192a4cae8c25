import { DecimalScanner, isNanText, parseDecimal } from '#core/bytes/decimal.ts';
import type { ReaderFactory, ReaderLimits, SampleWriter, StreamReader } from '#core/plugin/input.ts';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const LETTER_N = 0x4e;

/**
 * Graphite's plaintext protocol: lines of `path value timestamp`, blanks between them, LF or CRLF at the end
 * (https://graphite.readthedocs.io/en/latest/feeding-carbon.html). The timestamp is in seconds, whole or decimal; `-1`
 * and `N` mean now. A NaN value is refused (carbon drops it too), infinities are taken. Empty lines are no records.
 */
export const plaintextReader: ReaderFactory = (writer, limits) => new PlaintextReader(writer, limits);

/**
 * Runs once per byte of input, so it makes no strings or objects: fields are found and parsed in the chunk as it came
 * from the socket. Only a line that is cut by the end of a chunk is copied, into `#carried`.
 */
class PlaintextReader implements StreamReader {
  readonly #writer: SampleWriter;
  readonly #carried: Uint8Array;
  readonly #decimal = new DecimalScanner();
  #carriedBytes = 0;
  /** The rest of a line that is too long is passed over. */
  #skipping = false;
  #line = 0;

  constructor(writer: SampleWriter, limits: ReaderLimits) {
    this.#writer = writer;
    this.#carried = new Uint8Array(limits.maxLineBytes + 1);
  }

  read(bytes: Uint8Array): boolean {
    const first = this.#carriedBytes > 0 || this.#skipping ? this.#finishCarried(bytes) : 0;
    const end = bytes.lastIndexOf(LF) + 1;
    if (end > first) this.#lines(bytes, first, end);
    this.#carry(bytes, Math.max(first, end), bytes.length);
    return true;
  }

  end(): void {
    if (this.#carriedBytes > 0) this.#flushCarried();
    this.#skipping = false;
    this.#line = 0;
  }

  /** Completes the line that the last chunk began; returns where the next one starts. */
  #finishCarried(bytes: Uint8Array): number {
    const newline = bytes.indexOf(LF);
    if (newline < 0) {
      this.#carry(bytes, 0, bytes.length);
      return bytes.length;
    }
    if (!this.#skipping) this.#carry(bytes, 0, newline);
    if (this.#skipping) this.#skipping = false;
    else this.#flushCarried();
    return newline + 1;
  }

  #flushCarried(): void {
    const end = this.#carriedBytes;
    this.#carriedBytes = 0;
    this.#carried[end] = LF;
    // A copy, because the writer may keep what it knows of an array's memory.
    this.#lines(this.#carried.slice(0, end + 1), 0, end + 1);
  }

  #carry(bytes: Uint8Array, from: number, to: number): void {
    if (this.#skipping || from >= to) return;
    const room = this.#carried.length - 1 - this.#carriedBytes;
    if (to - from > room) {
      this.#skipping = true;
      this.#carriedBytes = 0;
      this.#line += 1;
      return this.#refuse('too_long');
    }
    this.#carried.set(bytes.subarray(from, to), this.#carriedBytes);
    this.#carriedBytes += to - from;
  }

  /** Whole lines; `bytes[to - 1]` is a newline, on which every inner loop stops. */
  #lines(bytes: Uint8Array, from: number, to: number): void {
    const decimal = this.#decimal;
    let at = from;
    while (at < to) {
      const start = at;
      this.#line += 1;
      let byte = bytes[at] as number;
      while (byte > SPACE) byte = bytes[++at] as number;
      const keyEnd = at;
      while (byte === SPACE) byte = bytes[++at] as number;
      const v = decimal.scan(bytes, at, to);
      at = decimal.end;
      byte = bytes[at] as number;
      while (byte === SPACE) byte = bytes[++at] as number;
      const seconds = decimal.scan(bytes, at, to);
      at = decimal.end;
      if (bytes[at] === CR) at += 1;
      if (bytes[at] === LF && keyEnd > start && v === v && seconds > 0 && at - start < this.#carried.length) {
        this.#writer.position = this.#line;
        this.#writer.sample(bytes, start, keyEnd, Math.floor(seconds * 1000 + 0.5), v);
        at += 1;
      } else {
        at = bytes.indexOf(LF, at) + 1;
        this.#unusual(bytes, start, at);
      }
    }
  }

  /** A line that is not just `path number number`, taken apart field by field; `bytes[to - 1]` is its newline. */
  #unusual(bytes: Uint8Array, from: number, to: number): void {
    this.#writer.position = this.#line;
    const [key, keyEnd] = field(bytes, from);
    const [value, valueEnd] = field(bytes, keyEnd);
    const [time, timeEnd] = field(bytes, valueEnd);
    const [end] = field(bytes, timeEnd);
    const rest = bytes[end] === CR ? end + 1 : end;
    if (to - from > this.#carried.length) this.#refuse('too_long');
    else if (rest !== to - 1) this.#refuse('bad_line');
    else if (timeEnd > time) {
      const v = this.#value(bytes, value, valueEnd);
      const t = v === v ? this.#time(bytes, time, timeEnd) : v;
      if (t === t) this.#writer.sample(bytes, key, keyEnd, t, v);
    } else if (keyEnd > key) this.#refuse('bad_line');
  }

  /** NaN: the line is refused, and counted. */
  #value(bytes: Uint8Array, from: number, to: number): number {
    const v = parseDecimal(bytes, from, to);
    if (v !== v) this.#refuse(isNanText(bytes, from, to) ? 'nan' : 'bad_value');
    return v;
  }

  /** Milliseconds; NaN: the line is refused, and counted. */
  #time(bytes: Uint8Array, from: number, to: number): number {
    const seconds = parseDecimal(bytes, from, to);
    if (seconds === -1 || (to - from === 1 && bytes[from] === LETTER_N)) return this.#writer.now();
    if (seconds !== seconds) this.#refuse('bad_time');
    return Math.floor(seconds * 1000 + 0.5);
  }

  #refuse(reason: Parameters<SampleWriter['reject']>[0]): void {
    this.#writer.position = this.#line;
    this.#writer.reject(reason);
  }
}

/** Start and end of the field behind the blanks at `from`; fields end before any control character. */
function field(bytes: Uint8Array, from: number): [number, number] {
  let start = from;
  while (bytes[start] === SPACE || bytes[start] === TAB) start += 1;
  let end = start;
  while ((bytes[end] as number) > SPACE) end += 1;
  return [start, end];
}
