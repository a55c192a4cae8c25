import { hashesOf, PRIME, SEED } from './byte-hash.ts';
import { CLASS, CLASSES, FIRST_WORD, LAST_WORD } from './character-classes.ts';
import { closingQuote, quotedKind, requestMethodEnd, UNCLOSED } from './quoted-text.ts';

/** What follows in a line is not looked at. */
export const MAX_SHAPE_BYTES = 1_024;
export const MAX_SHAPE_TOKENS = 96;
/** What stands for a variable piece in texts, and in hashes. */
export const WILDCARD = '<*>';
export const WILD = 0x9e3779b9 | 0;

/** Words of letters a–f alone that are no English words; and words that are too long to be any. */
const HEX_WORD = 8;
/** Names of months are part of a date. */
const MONTH = 3;
const MONTHS = hashesOf(['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']);
const LONG_WORD = 40;
const DASH = 0x2d;
const COLON = 0x3a;
const PLUS = 0x2b;
const NEWLINE = 0x0a;
const NONE = -1;

/**
 * The shape of a line: hashes of its words (what stands between white space), in which numbers, ids, addresses, times and
 * quoted texts count as one and the same. Read once per log line, without allocating; one object is used for all lines.
 * Only the first line of the text counts, and of it the first KiB.
 */
export class LineShape {
  /** Hashes of the words; valid up to `count`. */
  readonly words = new Uint32Array(MAX_SHAPE_TOKENS);
  count = 0;
  /** A hash of all words, 64 bits. */
  low = 0;
  high = 0;
  /** What was read, and where its words begin and end. */
  readonly bytes = Buffer.alloc(MAX_SHAPE_BYTES);
  readonly starts = new Uint16Array(MAX_SHAPE_TOKENS);
  readonly ends = new Uint16Array(MAX_SHAPE_TOKENS);
  /** Where its variable pieces begin and end. */
  readonly wildStarts = new Uint16Array(MAX_SHAPE_BYTES);
  readonly wildEnds = new Uint16Array(MAX_SHAPE_BYTES);
  wilds = 0;
  readonly #encoder = new TextEncoder();
  #length = 0;
  /** Of the word that is being read: its hash, the hash behind its last variable piece, whether only joiners followed. */
  #hash = SEED;
  #wildHash = SEED;
  #isJoined = false;
  /** The byte after the last variable piece, while only one followed. */
  #joiner = NONE;
  /** Where the number begins that has a sign before it. */
  #signed = NONE;
  /** The hash of the last run of letters: the key of what follows. */
  #key = 0;
  /** Where a quoted text ends whose words count. */
  #closing = NONE;
  /** A quote that is not closed any more: further ones are punctuation. */
  #unclosed = NONE;

  /** Reads a line; `seed` keeps lines of different services apart. */
  read(body: Uint8Array | string, seed: number): void {
    this.#length = this.#copy(body);
    this.count = 0;
    this.low = seed | 0;
    this.high = Math.imul(seed ^ SEED, PRIME);
    this.wilds = 0;
    this.#signed = NONE;
    this.#closing = NONE;
    this.#unclosed = NONE;
    const length = this.#length;
    const bytes = this.bytes;
    for (let at = 0; at < length && this.count < MAX_SHAPE_TOKENS; ) {
      if (CLASSES[bytes[at] as number] !== CLASS.space) at = this.#word(at);
      else if (bytes[at] === NEWLINE && this.count > 0) break;
      else at += 1;
    }
  }

  #copy(body: Uint8Array | string): number {
    const { bytes } = this;
    if (typeof body === 'string') return this.#encoder.encodeInto(body, bytes).written;
    const length = Math.min(body.length, MAX_SHAPE_BYTES);
    bytes.set(length === body.length ? body : body.subarray(0, length));
    return length;
  }

  /** Reads the word that begins here; returns where it ends. */
  #word(start: number): number {
    const { bytes } = this;
    const length = this.#length;
    this.#hash = SEED;
    this.#isJoined = false;
    let at = start;
    while (at < length) {
      const byte = bytes[at] as number;
      const kind = CLASSES[byte] as number;
      if (kind === CLASS.space) break;
      if (kind >= FIRST_WORD && kind <= LAST_WORD) at = this.#run(at);
      else if (kind === CLASS.quote) at = this.#quote(at);
      else at = this.#punctuation(at, byte, kind);
    }
    this.#close(start, at);
    return at;
  }

  /** A run of letters and digits. */
  #run(start: number): number {
    const { bytes } = this;
    const length = this.#length;
    const classes = CLASSES;
    let hash: number = SEED;
    let all = 0;
    let at = start;
    for (; at < length; at += 1) {
      const byte = bytes[at] as number;
      const kind = classes[byte] as number;
      if (kind < FIRST_WORD || kind > LAST_WORD) break;
      all |= 1 << kind;
      hash = Math.imul(hash ^ byte, PRIME);
    }
    if (this.#isVariable(all, at - start, hash)) this.#wild(start === this.#signed ? start - 1 : start, at);
    else {
      this.#key = hash;
      this.#hash = Math.imul(this.#hash ^ hash, PRIME) ^ (this.#hash >>> 15);
      this.#isJoined = false;
    }
    return at;
  }

  #isVariable(all: number, size: number, hash: number): boolean {
    if ((all & (1 << CLASS.digit)) !== 0 || size >= LONG_WORD) return true;
    const isHex = all === 1 << CLASS.hexLetter;
    if (isHex && size >= HEX_WORD) return true;
    if (!this.#isJoined) return false;
    const joiner = this.#joiner;
    return (isHex && (joiner === DASH || joiner === COLON)) || (size === MONTH && MONTHS.has(hash));
  }

  /** A variable piece; with the one before it, if only joiners stand between them. */
  #wild(from: number, to: number): void {
    if (!this.#isJoined) {
      this.wildStarts[this.wilds] = from;
      this.wilds += 1;
    }
    this.wildEnds[this.wilds - 1] = to;
    this.#hash = this.#isJoined ? this.#wildHash : Math.imul(this.#hash ^ WILD, PRIME) ^ (this.#hash >>> 15);
    this.#wildHash = this.#hash;
    this.#isJoined = true;
    this.#joiner = NONE;
  }

  #punctuation(at: number, byte: number, kind: number): number {
    const isSign = (byte === DASH || byte === PLUS) && !this.#isJoined && this.#isNumberSign(at);
    if (isSign) this.#signed = at + 1;
    else this.#literal(byte);
    if (kind !== CLASS.joiner) this.#isJoined = false;
    this.#joiner = byte;
    return at + 1;
  }

  /** A sign that begins a number and no part of a word. */
  #isNumberSign(at: number): boolean {
    const next = at + 1 < this.#length ? CLASSES[this.bytes[at + 1] as number] : CLASS.space;
    if (next !== CLASS.digit) return false;
    const before = at === 0 ? CLASS.space : (CLASSES[this.bytes[at - 1] as number] as number);
    return before < FIRST_WORD;
  }

  #literal(byte: number): void {
    this.#hash = Math.imul(this.#hash ^ byte, PRIME) ^ (this.#hash >>> 15);
  }

  /** A quoted text is one variable piece; but for keys, messages, and the method of an HTTP request. */
  #quote(at: number): number {
    const { bytes } = this;
    const byte = bytes[at] as number;
    const isOpening = at !== this.#closing && byte !== this.#unclosed;
    const end = isOpening ? closingQuote(bytes, at, this.#length) : NONE;
    this.#literal(byte);
    this.#isJoined = false;
    if (end === UNCLOSED) this.#unclosed = byte;
    if (end < 0) return at + 1;
    if (quotedKind(bytes, { at, end, length: this.#length, key: this.#key }) === 'words') {
      this.#closing = end;
      return at + 1;
    }
    const method = requestMethodEnd(bytes, at + 1, end);
    for (let i = at + 1; i < method; i += 1) this.#literal(bytes[i] as number);
    this.#wild(method, end);
    this.#literal(byte);
    this.#isJoined = false;
    return end + 1;
  }

  #close(start: number, end: number): void {
    const { count } = this;
    const hash = this.#hash === 0 ? 1 : this.#hash;
    this.words[count] = hash;
    this.starts[count] = start;
    this.ends[count] = end;
    this.count = count + 1;
    this.low = Math.imul(this.low ^ hash, 0x85ebca6b) ^ (this.low >>> 13);
    this.high = Math.imul(this.high ^ hash, 0xc2b2ae35) ^ (this.high >>> 16);
  }
}
