import type { ProtobufScanner } from '#core/bytes/protobuf-scanner.ts';
import { NAME_LABEL } from '#core/model/labels.ts';
import { LABEL_NAME_TAG, LABEL_TAG, LABEL_VALUE_TAG } from './label-pairs.ts';

const NAME_BYTES = Buffer.from(NAME_LABEL);
const FIRST_KEY_BYTES = 4096;
/** Two bytes make a symbol, which takes many in memory: more than these in one request are hostile. */
const MAX_SYMBOLS = 4_000_000;
/** Of a key, for each label: three tags and three lengths of at most five bytes. */
const MAX_FRAME_BYTES = 18;

/** The texts of one request of remote write 2.0, by reference; makes the keys of series out of references. */
export class SymbolTable {
  readonly #scanner: ProtobufScanner;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  /** Reference of `__name__`; -1: not seen. */
  #nameRef = -1;
  /** The key of the last series: `bytes[0, length)`. One buffer for all of them. */
  bytes = new Uint8Array(FIRST_KEY_BYTES);
  length = 0;
  /** Reference of the metric name of the last series; -1: it has none. */
  metricRef = -1;

  constructor(scanner: ProtobufScanner) {
    this.#scanner = scanner;
  }

  get size(): number {
    return this.#starts.length;
  }

  /** Takes the next text: the bytes up to `to`. */
  add(to: number): void {
    const { bytes, at } = this.#scanner;
    if (this.size >= MAX_SYMBOLS) throw this.#scanner.broken(`it has more than ${MAX_SYMBOLS} symbols`);
    if (to - at === NAME_BYTES.length && NAME_BYTES.equals(bytes.subarray(at, to))) this.#nameRef = this.size;
    this.#starts.push(at);
    this.#ends.push(to);
    this.#scanner.at = to;
  }

  /** Throws `bad_request` when there is no such text. */
  text(ref: number): string {
    return Buffer.from(this.#scanner.bytes.subarray(this.#start(ref), this.#ends[ref])).toString('utf8');
  }

  startKey(): void {
    this.length = 0;
    this.metricRef = -1;
  }

  /** Appends a label as a `Label` field of remote write 1.0. Throws `bad_request` when there are no such texts. */
  appendLabel(nameRef: number, valueRef: number): void {
    const nameFrom = this.#start(nameRef);
    const valueFrom = this.#start(valueRef);
    const nameLength = (this.#ends[nameRef] as number) - nameFrom;
    const valueLength = (this.#ends[valueRef] as number) - valueFrom;
    if (nameRef === this.#nameRef) this.metricRef = valueRef;
    this.#reserve(nameLength + valueLength + MAX_FRAME_BYTES);
    const frame = 2 + varintLength(nameLength) + varintLength(valueLength);
    this.#head(LABEL_TAG, frame + nameLength + valueLength);
    this.#head(LABEL_NAME_TAG, nameLength);
    this.#copy(nameFrom, nameLength);
    this.#head(LABEL_VALUE_TAG, valueLength);
    this.#copy(valueFrom, valueLength);
  }

  #start(ref: number): number {
    const start = this.#starts[ref];
    if (start === undefined) throw this.#scanner.broken(`there is no symbol ${ref}`);
    return start;
  }

  #head(tag: number, length: number): void {
    this.bytes[this.length] = tag;
    this.length += 1;
    let rest = length;
    while (rest > 0x7f) {
      this.bytes[this.length] = (rest & 0x7f) | 0x80;
      this.length += 1;
      rest >>>= 7;
    }
    this.bytes[this.length] = rest;
    this.length += 1;
  }

  /** Texts are short: a loop is faster than a view. */
  #copy(from: number, length: number): void {
    const source = this.#scanner.bytes;
    const target = this.bytes;
    const shift = this.length - from;
    for (let i = from; i < from + length; i += 1) target[i + shift] = source[i] as number;
    this.length += length;
  }

  #reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}

function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest > 0x7f; rest >>>= 7) length += 1;
  return length;
}
