import { isUtf8 } from 'node:buffer';
import { AppError } from '#core/errors.ts';
import type { ReaderFactory, ReaderLimits, ReaderOptions, SampleWriter, StreamReader } from '#core/plugin/input.ts';
import { CR, HASH, LF, SPACE } from './characters.ts';
import { PointScanner } from './point-scanner.ts';
import { influxSeriesKey, SEPARATORS, SERIES_NAMINGS, type SeriesNaming } from './series-naming.ts';
import { type Precision, precisionOf } from './timestamp.ts';

/**
 * InfluxDB line protocol: each numeric or boolean field of a point is a sample, texts are passed over. A point is taken
 * whole or refused whole; the ones after it go on. Options: `precision` (n, u, ms, s, m, h; default n), `naming`.
 * Throws `bad_request` for options that are none.
 */
export const lineProtocolReader: ReaderFactory = (writer, limits, options) =>
  new LineProtocolReader(writer, limits, options);

class LineProtocolReader implements StreamReader {
  readonly #writer: SampleWriter;
  readonly #maxLineBytes: number;
  readonly #precision: Precision;
  readonly #separator: number;
  readonly #point = new PointScanner();
  /** The bytes that name a series: measurement and tags, separator, field. */
  readonly #name: Uint8Array;
  #carried: Uint8Array = new Uint8Array(0);
  #skipping = false;
  #line = 1;

  constructor(writer: SampleWriter, limits: ReaderLimits, options: ReaderOptions = {}) {
    this.#writer = writer;
    this.#maxLineBytes = limits.maxLineBytes;
    this.#precision = precisionOf(options['precision']);
    this.#separator = SEPARATORS[namingOf(options['naming'])];
    this.#name = new Uint8Array(limits.maxLineBytes + 1);
    writer.spelling = influxSeriesKey;
  }

  read(chunk: Uint8Array): boolean {
    const bytes = this.#carried.length === 0 ? chunk : Buffer.concat([this.#carried, chunk]);
    this.#carried = bytes.slice(this.#points(bytes, false));
    return true;
  }

  end(): void {
    this.#points(this.#carried, true);
    this.#carried = new Uint8Array(0);
    this.#skipping = false;
    this.#line = 1;
  }

  /** Takes all whole points, at the end of the stream all; returns where the first that is not whole begins. */
  #points(bytes: Uint8Array, isLast: boolean): number {
    let at = this.#skipping ? this.#skipLine(bytes, 0) : 0;
    while (at < bytes.length) {
      const start = this.#skipBlank(bytes, at);
      if (start >= bytes.length) return start;
      const end = bytes[start] === HASH ? this.#comment(bytes, start, isLast) : this.#pointAt(bytes, start, isLast);
      if (end < 0) return start;
      at = end;
    }
    return at;
  }

  /** Where the next line begins. -1: the point is not whole. */
  #pointAt(bytes: Uint8Array, from: number, isLast: boolean): number {
    const point = this.#point;
    const limit = Math.min(bytes.length, from + this.#maxLineBytes + 1);
    const problem = point.scan(bytes, from, limit, this.#precision);
    if (!point.isClosed && limit - from > this.#maxLineBytes) return this.#tooLong(bytes, from);
    if (!point.isClosed && !isLast) return -1;
    this.#writer.position = this.#line;
    if (problem !== undefined) this.#writer.reject(problem.reason, problem.detail);
    else if (!isUtf8(bytes.subarray(from, point.end))) this.#writer.reject('bad_line', 'not UTF-8');
    else this.#samples(bytes, from);
    for (let i = bytes.indexOf(LF, from); i >= 0 && i < point.end; i = bytes.indexOf(LF, i + 1)) this.#line += 1;
    return point.end;
  }

  /** Once per field: copies its name behind that of the point, makes nothing. */
  #samples(bytes: Uint8Array, from: number): void {
    const { seriesEnd, fields, keyFrom, keyTo, values, time } = this.#point;
    const { factor } = this.#precision;
    const t = time === time ? time : Math.floor(this.#writer.now() / factor) * factor;
    const name = this.#name;
    const separator = seriesEnd - from;
    for (let i = 0; i < separator; i += 1) name[i] = bytes[from + i] as number;
    name[separator] = this.#separator;
    for (let field = 0; field < fields; field += 1) {
      const value = values[field] as number;
      if (value !== value) continue;
      let end = separator + 1;
      for (let i = keyFrom[field] as number; i < (keyTo[field] as number); i += 1) name[end++] = bytes[i] as number;
      this.#writer.sample(name, 0, end, t, value);
    }
  }

  #comment(bytes: Uint8Array, from: number, isLast: boolean): number {
    const newline = bytes.indexOf(LF, from);
    if (newline < 0 && bytes.length - from > this.#maxLineBytes) return this.#tooLong(bytes, from);
    if (newline < 0 && !isLast) return -1;
    const end = newline < 0 ? bytes.length : newline + 1;
    if (hasControl(bytes, from, newline < 0 ? end : newline)) {
      this.#writer.position = this.#line;
      this.#writer.reject('bad_line', 'a control character in a comment');
    }
    this.#line += 1;
    return end;
  }

  #skipBlank(bytes: Uint8Array, from: number): number {
    let at = from;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === LF) this.#line += 1;
      else if (byte !== SPACE && (byte !== CR || (at + 1 < bytes.length && bytes[at + 1] !== LF))) break;
    }
    return at;
  }

  #skipLine(bytes: Uint8Array, from: number): number {
    const newline = bytes.indexOf(LF, from);
    this.#skipping = newline < 0;
    if (newline >= 0) this.#line += 1;
    return newline < 0 ? bytes.length : newline + 1;
  }

  #tooLong(bytes: Uint8Array, from: number): number {
    this.#writer.position = this.#line;
    this.#writer.reject('too_long');
    return this.#skipLine(bytes, from);
  }
}

function hasControl(bytes: Uint8Array, from: number, to: number): boolean {
  const end = bytes[to - 1] === CR ? to - 1 : to;
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte < SPACE || byte === 0x7f) return true;
  }
  return false;
}

function namingOf(text: string | undefined): SeriesNaming {
  const found = text === undefined ? 'prometheus' : SERIES_NAMINGS.find((naming) => naming === text);
  if (found !== undefined) return found;
  throw new AppError('bad_request', `invalid naming "${text ?? ''}" (use ${SERIES_NAMINGS.join(' or ')})`);
}
