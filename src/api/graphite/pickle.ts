/** What a pickle can hold here; `undefined` and NaN are None. */
export type Pickled =
  | string
  | boolean
  | number
  | undefined
  | Float64Array
  | { readonly int: number }
  | readonly Pickled[]
  | { readonly dict: Readonly<Record<string, Pickled>> };

/**
 * A value as a Python pickle of protocol 2. Numbers are floats unless wrapped as `{ int }` (safe integers).
 * Format: CPython's Lib/pickletools.py.
 */
export function pickle(value: Pickled): Uint8Array {
  const out = new Output();
  out.bytes(0x80, 2);
  write(out, value);
  out.bytes(code('.'));
  return out.taken();
}

function write(out: Output, value: Pickled): void {
  if (value === undefined) return out.bytes(code('N'));
  if (typeof value === 'boolean') return out.bytes(value ? 0x88 : 0x89);
  if (typeof value === 'number') return out.float(value);
  if (typeof value === 'string') return out.text(value);
  if (value instanceof Float64Array) return writeFloats(out, value);
  if ('int' in value) return out.integer(value.int);
  if ('dict' in value) return writeDict(out, value.dict);
  out.bytes(code(']'), code('('));
  for (const item of value) write(out, item);
  out.bytes(code('e'));
}

function writeFloats(out: Output, values: Float64Array): void {
  out.bytes(code(']'), code('('));
  for (const value of values) out.float(value);
  out.bytes(code('e'));
}

function writeDict(out: Output, dict: Readonly<Record<string, Pickled>>): void {
  out.bytes(code('}'), code('('));
  for (const [key, item] of Object.entries(dict)) {
    out.text(key);
    write(out, item);
  }
  out.bytes(code('u'));
}

function code(letter: string): number {
  return letter.charCodeAt(0);
}

const FIRST_BYTES = 65_536;
const INT_32 = 2 ** 31;

/** Bytes that grow as they are written. */
class Output {
  #buffer = Buffer.allocUnsafe(FIRST_BYTES);
  #length = 0;

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + bytes));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }

  bytes(...values: readonly number[]): void {
    this.#room(values.length);
    for (const value of values) this.#buffer[this.#length++] = value;
  }

  float(value: number): void {
    if (Number.isNaN(value)) return this.bytes(code('N'));
    this.#room(9);
    this.#buffer[this.#length] = code('G');
    this.#length = this.#buffer.writeDoubleBE(value, this.#length + 1);
  }

  integer(value: number): void {
    if (value >= -INT_32 && value < INT_32) {
      this.#room(5);
      this.#buffer[this.#length] = code('J');
      this.#length = this.#buffer.writeInt32LE(value, this.#length + 1);
      return;
    }
    this.#room(10);
    this.#buffer[this.#length] = 0x8a;
    this.#buffer[this.#length + 1] = 8;
    this.#length = this.#buffer.writeBigInt64LE(BigInt(value), this.#length + 2);
  }

  text(value: string): void {
    const bytes = Buffer.from(value);
    this.#room(5 + bytes.length);
    this.#buffer[this.#length] = code('X');
    this.#length = this.#buffer.writeUInt32LE(bytes.length, this.#length + 1);
    this.#length += bytes.copy(this.#buffer, this.#length);
  }

  taken(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }
}
