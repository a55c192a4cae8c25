import { parseDecimal } from '#core/bytes/decimal.ts';

const LETTER_I = 0x69;
const LETTER_U = 0x75;
const MAX_EXACT_DIGITS = 15;
const INT64_MAX = 2n ** 63n;
const UINT64_MAX = 2n ** 64n;
const BOOLEANS: Readonly<Record<string, number>> = {
  ...{ t: 1, T: 1, true: 1, True: 1, TRUE: 1 },
  ...{ f: 0, F: 0, false: 0, False: 0, FALSE: 0 },
};

/**
 * The number that an unquoted field value stands for: float, integer (`42i`), unsigned (`42u`), boolean as 0 and 1. NaN
 * when it is none, or out of range.
 */
export function fieldValue(bytes: Uint8Array, from: number, to: number): number {
  const first = bytes[from] as number;
  if (first > 0x39) return BOOLEANS[latin1(bytes, from, to)] ?? Number.NaN;
  const last = bytes[to - 1];
  if (last === LETTER_I || last === LETTER_U) return integer(bytes, from, to - 1, last === LETTER_I);
  const value = first === 0x2b ? Number.NaN : parseDecimal(bytes, from, to);
  return Number.isFinite(value) ? value : Number.NaN;
}

function integer(bytes: Uint8Array, from: number, to: number, isSigned: boolean): number {
  const isNegative = bytes[from] === 0x2d;
  if (isNegative && !isSigned) return Number.NaN;
  const digits = isNegative ? from + 1 : from;
  if (to <= digits) return Number.NaN;
  let value = 0;
  for (let at = digits; at < to; at += 1) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  if (to - digits > MAX_EXACT_DIGITS) return large(latin1(bytes, from, to), isSigned);
  return isNegative ? -value : value;
}

function large(text: string, isSigned: boolean): number {
  const value = BigInt(text);
  const isInRange = isSigned ? value >= -INT64_MAX && value < INT64_MAX : value < UINT64_MAX;
  return isInRange ? Number(value) : Number.NaN;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}
