/**
 * Numbers out of bytes without making strings. Exact: up to 15 digits the mantissa and the power of ten are both exact
 * in a double, so one division rounds correctly (Clinger 1990); everything else is left to `Number`.
 */
const POWERS_OF_TEN = new Float64Array([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]);
const EXACT_DIGITS = 15;
const GRAMMAR = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITY = /^[+-]?inf(?:inity)?$/i;
const MAX_TEXT_BYTES = 400;

/** Reads plain numbers where they stand, without knowing where they end. */
export class DecimalScanner {
  /** Where the last number ended: the first byte that is no part of it. */
  end = 0;

  /**
   * The number that begins at `from`: optional sign, digits, optional fraction, at most 15 digits. NaN when there is none
   * or it has more digits. What follows at `end` is for the caller to judge: an exponent, a blank, garbage.
   */
  scan(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    const sign = bytes[at];
    if (sign === 0x2d || sign === 0x2b) at += 1;
    const whole = at;
    let mantissa = 0;
    let digit = 0;
    while (at < to && (digit = (bytes[at] as number) - 0x30) >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      at += 1;
    }
    let digits = at - whole;
    let scale = 0;
    if (at < to && bytes[at] === 0x2e) {
      at += 1;
      const fraction = at;
      while (at < to && (digit = (bytes[at] as number) - 0x30) >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        at += 1;
      }
      scale = at - fraction;
      digits += scale;
    }
    this.end = at;
    if (digits === 0 || digits > EXACT_DIGITS) return Number.NaN;
    const magnitude = scale === 0 ? mantissa : mantissa / (POWERS_OF_TEN[scale] as number);
    return sign === 0x2d ? -magnitude : magnitude;
  }
}

/**
 * The number written in `bytes[from, to)`: decimal with optional sign, fraction and exponent, or `inf`, `infinity` in
 * any case. NaN when the text is anything else; {@link isNanText} tells a written NaN from garbage.
 */
export function parseDecimal(bytes: Uint8Array, from: number, to: number): number {
  const scanner = new DecimalScanner();
  const value = scanner.scan(bytes, from, to);
  return value === value && scanner.end === to ? value : parseOther(bytes, from, to);
}

/** True for `nan` in any case, with an optional sign. */
export function isNanText(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from <= 4 && /^[+-]?nan$/i.test(textOf(bytes, from, to));
}

function parseOther(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > MAX_TEXT_BYTES) return Number.NaN;
  const text = textOf(bytes, from, to);
  if (GRAMMAR.test(text)) return Number(text);
  if (INFINITY.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return Number.NaN;
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
