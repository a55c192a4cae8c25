import { AppError } from '../errors.ts';

const MIDDLE = 2 ** 28;
const HIGH = 2 ** 56;
const SEVEN_GROUPS = 0x0fffffff;

/**
 * Reads protobuf's wire format where it stands, without an object per message
 * (https://protobuf.dev/programming-guides/encoding/): for messages that come thousands at a time; others are read by
 * a library. Every method moves `at`, reads nothing at or beyond `to`, and throws `bad_request` when the bytes end early.
 */
export class ProtobufScanner {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at = 0;
  /** The 64 bits of the last long varint: 28, 28 and 8 of them, lowest first. */
  #low = 0;
  #middle = 0;
  #high = 0;
  /** The last byte of it said that another follows. */
  #more = false;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** A tag, length, uint32 or uint64; beyond 2^53 rounded. */
  varint(to: number): number {
    if (this.at >= to) throw this.broken('the message ends early');
    const first = this.bytes[this.at] as number;
    if (first < 0x80) {
      this.at += 1;
      return first;
    }
    this.#varint(to);
    return this.#low + this.#middle * MIDDLE + this.#high * HIGH;
  }

  /** An int32 or int64: two's complement. */
  int(to: number): number {
    this.#varint(to);
    if (this.#high < 0x80) return this.#low + this.#middle * MIDDLE + this.#high * HIGH;
    const high = 0xff - this.#high;
    return -(SEVEN_GROUPS - this.#low + 1 + (SEVEN_GROUPS - this.#middle) * MIDDLE + high * HIGH);
  }

  /** A sint32 or sint64: zigzag. */
  sint(to: number): number {
    this.#varint(to);
    const half = (this.#low >>> 1) + this.#middle * (MIDDLE / 2) + this.#high * (HIGH / 2);
    return (this.#low & 1) === 0 ? half : -half - 1;
  }

  double(to: number): number {
    const from = this.at;
    if (to - from < 8) throw this.broken('the message ends early');
    this.at = from + 8;
    return this.view.getFloat64(from, true);
  }

  /** Reads the length of a string, message or packed field that begins here; returns where it ends. */
  block(to: number): number {
    const length = this.varint(to);
    if (length > to - this.at) throw this.broken('a field is longer than its message');
    return this.at + length;
  }

  /** Steps over the field of a tag. */
  skip(tag: number, to: number): void {
    const wireType = tag & 7;
    if (wireType === 0) this.#varint(to);
    else if (wireType === 2) this.at = this.block(to);
    else if (wireType === 1 || wireType === 5) this.#advance(wireType === 1 ? 8 : 4, to);
    else throw this.broken(`wire type ${wireType} is not used by any field`);
  }

  /** The error to throw for what is wrong where the scanner stands. */
  broken(what: string): AppError {
    return new AppError('bad_request', `this is no protobuf message of the expected type: ${what} (byte ${this.at})`);
  }

  #advance(length: number, to: number): void {
    if (length > to - this.at) throw this.broken('the message ends early');
    this.at += length;
  }

  #varint(to: number): void {
    this.#low = this.#group(to, 4);
    this.#middle = this.#more ? this.#group(to, 4) : 0;
    this.#high = this.#more ? this.#group(to, 2) & 0xff : 0;
    if (this.#more) throw this.broken('a number has more than ten bytes');
  }

  /** Up to so many bytes of a varint, seven bits each. */
  #group(to: number, count: number): number {
    let value = 0;
    this.#more = true;
    for (let i = 0; i < count && this.#more; i += 1) {
      if (this.at >= to) throw this.broken('the message ends early');
      const byte = this.bytes[this.at] as number;
      this.at += 1;
      value |= (byte & 0x7f) << (7 * i);
      this.#more = byte >= 0x80;
    }
    return value;
  }
}
