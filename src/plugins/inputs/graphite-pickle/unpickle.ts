/**
 * The data part of Python's pickle, protocols 0 to 5: numbers, texts, lists, tuples, and the memo that ties them
 * (CPython Lib/pickletools.py). Everything that could import, build or call something (GLOBAL, REDUCE, INST, BUILD,
 * persistent ids, extensions, …) is unknown here, as are sets and dictionaries, which carbon's protocol does not use.
 */
export type PickleValue = number | boolean | null | Uint8Array | readonly PickleValue[];

/** A pickle that is broken, or wants more than data. */
export class UnpickleError extends Error {}

type Step = (machine: PickleMachine) => void;

const LF = 0x0a;
const MAX_LONG_BYTES = 136;

/** The one value of a pickle. Texts are the bytes as pickled (UTF-8), views on `bytes` where possible. */
export function unpickle(bytes: Uint8Array): PickleValue {
  return new PickleMachine(bytes).run();
}

class PickleMachine {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #stack: PickleValue[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, PickleValue>();
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  run(): PickleValue {
    for (;;) {
      const code = this.u8();
      if (code === STOP) return this.pop();
      const step = STEPS[code];
      if (step === undefined) throw new UnpickleError(`opcode 0x${code.toString(16)} is not data`);
      step(this);
    }
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  i32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  u64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  /** Floats alone are big endian. */
  f64(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  take(length: number): Uint8Array {
    const from = this.#advance(length);
    return this.#bytes.subarray(from, from + length);
  }

  /** Little endian two's complement. No double is longer, and reading takes time with the square of the length. */
  long(length: number): number {
    if (length > MAX_LONG_BYTES) throw new UnpickleError('an integer beyond all doubles');
    const digits = this.take(length);
    let value = 0n;
    for (let i = digits.length - 1; i >= 0; i -= 1) value = (value << 8n) | BigInt(digits[i] ?? 0);
    return Number(BigInt.asIntN(Math.max(1, length) * 8, value));
  }

  line(): string {
    const end = this.#bytes.indexOf(LF, this.#at);
    if (end < 0) throw new UnpickleError('a line has no end');
    const text = Buffer.from(this.take(end - this.#at)).toString('latin1');
    this.#at += 1;
    return text;
  }

  push(value: PickleValue): void {
    this.#stack.push(value);
  }

  pop(): PickleValue {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0)) throw new UnpickleError('nothing on the stack');
    return this.#stack.pop() as PickleValue;
  }

  popMany(count: number): PickleValue[] {
    const values = Array.from({ length: count }, () => this.pop());
    return values.reverse();
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  popToMark(): PickleValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw new UnpickleError('no mark on the stack');
    return this.#stack.splice(mark);
  }

  append(values: readonly PickleValue[]): void {
    const list = this.#stack.at(-1);
    if (!Array.isArray(list)) throw new UnpickleError('append to something that is no list');
    for (const value of values) list.push(value);
  }

  put(key: number): void {
    const top = this.#stack.at(-1);
    if (top === undefined) throw new UnpickleError('nothing on the stack');
    this.#memo.set(key, top);
  }

  get memoSize(): number {
    return this.#memo.size;
  }

  recall(key: number): void {
    const value = this.#memo.get(key);
    if (value === undefined) throw new UnpickleError('unknown memo');
    this.push(value);
  }

  #advance(length: number): number {
    const from = this.#at;
    if (length < 0 || from + length > this.#bytes.length) throw new UnpickleError('the pickle ends early');
    this.#at = from + length;
    return from;
  }
}

const STOP = 0x2e;

const INT: Step = (m) => {
  const text = m.line();
  m.push(text === '01' ? true : text === '00' ? false : decimal(text));
};
const STRING: Step = (m) => {
  const [, , body] = /^(['"])(.*)\1$/s.exec(m.line()) ?? [];
  if (body === undefined || body.includes('\\')) throw new UnpickleError('a quoted text with escapes');
  m.push(Buffer.from(body, 'latin1'));
};
const UNICODE: Step = (m) => {
  const text = m
    .line()
    .replace(/\\u([0-9a-f]{4})|\\U([0-9a-f]{8})/gi, (_, short: string, long: string) =>
      String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(short ?? long, 16))),
    );
  m.push(Buffer.from(text));
};

/** One entry per opcode; the letters are those of pickletools. */
const STEPS: Readonly<Record<number, Step>> = {
  0x80: (m) => void m.u8(), // PROTO
  0x95: (m) => void m.u64(), // FRAME
  0x28: (m) => m.mark(), // (
  0x30: (m) => void m.pop(), // 0 POP
  0x31: (m) => void m.popToMark(), // 1 POP_MARK
  0x32: (m) => {
    const top = m.pop(); // 2 DUP
    m.push(top);
    m.push(top);
  },
  0x4e: (m) => m.push(null), // N
  0x88: (m) => m.push(true),
  0x89: (m) => m.push(false),
  0x49: INT, // I
  0x4c: (m) => m.push(decimal(m.line().replace(/L$/, ''))), // L
  0x4a: (m) => m.push(m.i32()), // J
  0x4b: (m) => m.push(m.u8()), // K
  0x4d: (m) => m.push(m.u16()), // M
  0x8a: (m) => m.push(m.long(m.u8())), // LONG1
  0x8b: (m) => m.push(m.long(m.u32())), // LONG4
  0x46: (m) => m.push(decimal(m.line())), // F
  0x47: (m) => m.push(m.f64()), // G
  0x53: STRING, // S
  0x56: UNICODE, // V
  0x54: (m) => m.push(m.take(m.u32())), // T BINSTRING
  0x55: (m) => m.push(m.take(m.u8())), // U SHORT_BINSTRING
  0x58: (m) => m.push(m.take(m.u32())), // X BINUNICODE
  0x8c: (m) => m.push(m.take(m.u8())), // SHORT_BINUNICODE
  0x8d: (m) => m.push(m.take(m.u64())), // BINUNICODE8
  0x42: (m) => m.push(m.take(m.u32())), // B BINBYTES
  0x43: (m) => m.push(m.take(m.u8())), // C SHORT_BINBYTES
  0x8e: (m) => m.push(m.take(m.u64())), // BINBYTES8
  0x96: (m) => m.push(m.take(m.u64())), // BYTEARRAY8
  0x5d: (m) => m.push([]), // ]
  0x29: (m) => m.push([]), // )
  0x6c: (m) => m.push(m.popToMark()), // l
  0x74: (m) => m.push(m.popToMark()), // t
  0x85: (m) => m.push(m.popMany(1)), // TUPLE1
  0x86: (m) => m.push(m.popMany(2)), // TUPLE2
  0x87: (m) => m.push(m.popMany(3)), // TUPLE3
  0x61: (m) => m.append(m.popMany(1)), // a
  0x65: (m) => m.append(m.popToMark()), // e
  0x70: (m) => m.put(decimal(m.line())), // p
  0x71: (m) => m.put(m.u8()), // q
  0x72: (m) => m.put(m.u32()), // r
  0x94: (m) => m.put(m.memoSize), // MEMOIZE
  0x67: (m) => m.recall(decimal(m.line())), // g
  0x68: (m) => m.recall(m.u8()), // h
  0x6a: (m) => m.recall(m.u32()), // j
};

function decimal(text: string): number {
  const value = Number(text);
  if (text.trim() === '') throw new UnpickleError('a number without digits');
  return /^-?(inf|nan)$/i.test(text) ? specialOf(text) : value;
}

function specialOf(text: string): number {
  if (/nan/i.test(text)) return Number.NaN;
  return text.startsWith('-') ? -Infinity : Infinity;
}
