import {
  BACKSLASH,
  COMMA,
  CR,
  EQUALS,
  IN_KEY,
  IN_MEASUREMENT,
  IN_VALUE,
  LF,
  MINUS,
  QUOTE,
  SPACE,
  tokenEnd,
} from './characters.ts';
import { fieldValue } from './field-value.ts';
import { type Precision, timestamp } from './timestamp.ts';

/** Each tag is compared with those before it. */
const MAX_TAGS = 256;

/** What is wrong with a point, by the part that is. */
export type PointProblem = { readonly reason: 'bad_line' | 'bad_value' | 'bad_time'; readonly detail: string };

/**
 * Takes one point apart where it stands (grammar: influxdata/line-protocol, lineprotocol/decoder.go). Runs per point of
 * every write, so it makes no strings or objects: its fields are the answer until the next scan.
 */
export class PointScanner {
  /** `bytes[from, seriesEnd)`: measurement and tags. */
  seriesEnd = 0;
  /** Fields: their number, where their keys stand, their values (NaN: a text). */
  fields = 0;
  readonly keyFrom: number[] = [];
  readonly keyTo: number[] = [];
  readonly values: number[] = [];
  /** Milliseconds; NaN when the point has no time. */
  time = Number.NaN;
  /** Behind the point's end of line; behind the bad byte's line when it is refused. */
  end = 0;
  /** The end of line was there, not only the end of the bytes. */
  isClosed = false;
  #at = 0;
  readonly #tagFrom: number[] = [];
  readonly #tagTo: number[] = [];

  /** The point at `from`, which is no blank. */
  scan(bytes: Uint8Array, from: number, to: number, precision: Precision): PointProblem | undefined {
    this.#at = from;
    this.fields = 0;
    this.time = Number.NaN;
    const problem = this.#series(bytes, to) ?? this.#fields(bytes, to) ?? this.#time(bytes, to, precision);
    if (problem === undefined && this.#endOfLine(bytes, to)) return undefined;
    const newline = bytes.indexOf(LF, this.#at);
    this.isClosed = newline >= 0 && newline < to;
    this.end = this.isClosed ? newline + 1 : to;
    return problem ?? { reason: 'bad_line', detail: 'text after the timestamp' };
  }

  #series(bytes: Uint8Array, to: number): PointProblem | undefined {
    const from = this.#at;
    this.#at = tokenEnd(bytes, from, to, IN_MEASUREMENT);
    if (this.#at === from) return bad('no measurement name');
    let tags = 0;
    while (this.#at < to && bytes[this.#at] === COMMA) {
      const key = this.#at + 1;
      this.#at = tokenEnd(bytes, key, to, IN_KEY);
      if (this.#at === key || this.#at >= to || bytes[this.#at] !== EQUALS)
        return bad('a tag without a key or a value');
      if (tags === MAX_TAGS) return bad(`more than ${MAX_TAGS} tags`);
      if (this.#isGiven(bytes, key, tags)) return bad('a tag given twice');
      tags += 1;
      const value = this.#at + 1;
      this.#at = tokenEnd(bytes, value, to, IN_KEY);
      if (this.#at === value) return bad('a tag without a value');
    }
    this.seriesEnd = this.#at;
    if (this.#at >= to || bytes[this.#at] !== SPACE) return bad('no fields');
    this.#skipSpaces(bytes, to);
    return undefined;
  }

  /** True when the tag key `bytes[from, #at)` is one of the point's first; keeps it. */
  #isGiven(bytes: Uint8Array, from: number, tags: number): boolean {
    const length = this.#at - from;
    this.#tagFrom[tags] = from;
    this.#tagTo[tags] = this.#at;
    for (let tag = 0; tag < tags; tag += 1) {
      const other = this.#tagFrom[tag] as number;
      if ((this.#tagTo[tag] as number) - other !== length) continue;
      let same = 0;
      while (same < length && bytes[from + same] === bytes[other + same]) same += 1;
      if (same === length) return true;
    }
    return false;
  }

  #fields(bytes: Uint8Array, to: number): PointProblem | undefined {
    for (;;) {
      const key = this.#at;
      const keyEnd = tokenEnd(bytes, key, to, IN_KEY);
      this.#at = keyEnd;
      if (keyEnd === key || keyEnd >= to || bytes[keyEnd] !== EQUALS) return bad('a field without a key or a value');
      this.#at = keyEnd + 1;
      const problem = this.#value(bytes, to);
      if (problem !== undefined) return problem;
      this.keyFrom[this.fields] = key;
      this.keyTo[this.fields] = keyEnd;
      this.fields += 1;
      if (this.#at >= to || bytes[this.#at] !== COMMA) return this.#afterFields(bytes, to);
      this.#at += 1;
    }
  }

  #value(bytes: Uint8Array, to: number): PointProblem | undefined {
    const from = this.#at;
    if (bytes[from] === QUOTE && from < to) {
      this.values[this.fields] = Number.NaN;
      return this.#text(bytes, to);
    }
    this.#at = tokenEnd(bytes, from, to, IN_VALUE);
    const value = this.#at > from ? fieldValue(bytes, from, this.#at) : Number.NaN;
    this.values[this.fields] = value;
    return value === value ? undefined : { reason: 'bad_value', detail: 'a field value that is none, or out of range' };
  }

  /** A quoted text; it may hold anything, ends of lines too. */
  #text(bytes: Uint8Array, to: number): PointProblem | undefined {
    let at = this.#at + 1;
    while (at < to && bytes[at] !== QUOTE) {
      const next = bytes[at + 1];
      at += bytes[at] === BACKSLASH && (next === QUOTE || next === BACKSLASH) ? 2 : 1;
    }
    this.#at = Math.min(at + 1, to);
    return at < to ? undefined : bad('a text without its closing quote');
  }

  #afterFields(bytes: Uint8Array, to: number): PointProblem | undefined {
    const byte = this.#at < to ? bytes[this.#at] : LF;
    if (byte !== SPACE && byte !== LF && byte !== CR) return bad('text after a field');
    this.#skipSpaces(bytes, to);
    return undefined;
  }

  #time(bytes: Uint8Array, to: number, precision: Precision): PointProblem | undefined {
    const from = this.#at;
    if (from >= to || bytes[from] === LF || bytes[from] === CR) return undefined;
    let at = from;
    for (; at < to; at += 1) {
      const byte = bytes[at] as number;
      if ((byte < 0x30 || byte > 0x39) && byte !== MINUS) break;
    }
    this.#at = at;
    this.time = timestamp(bytes, from, at, precision);
    this.#skipSpaces(bytes, to);
    return this.time === this.time
      ? undefined
      : { reason: 'bad_time', detail: 'a timestamp that is none, or out of range' };
  }

  #endOfLine(bytes: Uint8Array, to: number): boolean {
    let at = this.#at;
    if (at < to && bytes[at] === CR) at += 1;
    this.isClosed = at < to && bytes[at] === LF;
    this.end = this.isClosed ? at + 1 : at;
    return this.isClosed || at >= to;
  }

  #skipSpaces(bytes: Uint8Array, to: number): void {
    while (this.#at < to && bytes[this.#at] === SPACE) this.#at += 1;
  }
}

function bad(detail: string): PointProblem {
  return { reason: 'bad_line', detail };
}
