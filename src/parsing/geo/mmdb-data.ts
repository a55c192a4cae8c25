/** A value of a MaxMind DB. */
export type MmdbValue = string | number | bigint | boolean | Uint8Array | MmdbValue[] | { [key: string]: MmdbValue };

const MAX_DEPTH = 32;
const POINTER = 1;
const text = new TextDecoder();

/** Reads values of the data section of a MaxMind DB (file format specification 2.0, "Output Data Section"). */
export class MmdbData {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  #at = 0;

  /** `bytes` begins where pointers count from. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Throws RangeError for what points beyond the data, Error for what no reader knows. */
  read(offset: number): MmdbValue {
    this.#at = offset;
    return this.#value(0);
  }

  #value(depth: number): MmdbValue {
    if (depth > MAX_DEPTH) throw new Error('a value nests too deep');
    const control = this.#view.getUint8(this.#at++);
    const type = control >> 5 === 0 ? this.#view.getUint8(this.#at++) + 7 : control >> 5;
    if (type === POINTER) {
      const target = this.#pointer(control);
      const behind = this.#at;
      this.#at = target;
      const value = this.#value(depth + 1);
      this.#at = behind;
      return value;
    }
    return this.#typed(type, this.#size(control & 31), depth);
  }

  #pointer(control: number): number {
    const length = (control >> 3) & 3;
    if (length === 3) return this.#unsigned(4);
    const base = [0, 2_048, 526_336][length] ?? 0;
    const high = (control & 7) * 2 ** (8 * (length + 1));
    return base + high + this.#unsigned(length + 1);
  }

  #size(short: number): number {
    if (short < 29) return short;
    const base = [29, 285, 65_821][short - 29] ?? 0;
    return base + this.#unsigned(short - 28);
  }

  #unsigned(length: number): number {
    let value = 0;
    for (let i = 0; i < length; i += 1) value = value * 256 + this.#view.getUint8(this.#at++);
    return value;
  }

  #typed(type: number, size: number, depth: number): MmdbValue {
    switch (type) {
      case 2:
        return text.decode(this.#take(size));
      case 3:
        return this.#view.getFloat64((this.#at += 8) - 8);
      case 4:
        return this.#take(size);
      case 5:
      case 6:
        return this.#unsigned(size);
      case 7:
        return this.#map(size, depth);
      case 8:
        return this.#unsigned(size) | 0;
      case 9:
      case 10:
        return this.#take(size).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n as bigint);
      case 11:
        return Array.from({ length: size }, () => this.#value(depth + 1));
      case 14:
        return size !== 0;
      case 15:
        return this.#view.getFloat32((this.#at += 4) - 4);
      default:
        throw new Error(`a value has the unknown type ${type}`);
    }
  }

  #map(size: number, depth: number): MmdbValue {
    const entries: [string, MmdbValue][] = [];
    for (let i = 0; i < size; i += 1) entries.push([String(this.#value(depth + 1)), this.#value(depth + 1)]);
    return Object.fromEntries(entries);
  }

  #take(size: number): Uint8Array {
    const part = this.#bytes.subarray(this.#at, this.#at + size);
    if (part.length < size) throw new RangeError('a value reaches beyond the file');
    this.#at += size;
    return part;
  }
}
