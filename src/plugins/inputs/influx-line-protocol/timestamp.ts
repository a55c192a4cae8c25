import { AppError } from '#core/errors.ts';
import { MINUS } from './characters.ts';

/** Units of timestamps: digits to leave off for milliseconds, or what to multiply by. */
export type Precision = { readonly cutDigits: number; readonly factor: number };

const NANOSECONDS: Precision = { cutDigits: 6, factor: 1 };
const MICROSECONDS: Precision = { cutDigits: 3, factor: 1 };
const PRECISIONS: Readonly<Record<string, Precision>> = {
  ...{ n: NANOSECONDS, ns: NANOSECONDS, u: MICROSECONDS, us: MICROSECONDS, µ: MICROSECONDS, µs: MICROSECONDS },
  ms: { cutDigits: 0, factor: 1 },
  s: { cutDigits: 0, factor: 1_000 },
  m: { cutDigits: 0, factor: 60_000 },
  h: { cutDigits: 0, factor: 3_600_000 },
};
/** Times are int64 nanoseconds. */
const MAX_MS = 9_223_372_036_854;
const INT64_MAX_TEXT = '9223372036854775807';

/** The precision a request names; nanoseconds when it names none. Throws `bad_request`. */
export function precisionOf(name: string | undefined): Precision {
  const found = name === undefined || name === '' ? NANOSECONDS : PRECISIONS[name];
  if (found !== undefined) return found;
  throw new AppError('bad_request', `invalid precision "${name ?? ''}" (use n, u, ms, s, m or h)`);
}

/** Milliseconds, rounded towards zero, of the integer in `bytes[from, to)`. NaN: it is none, or out of range. */
export function timestamp(bytes: Uint8Array, from: number, to: number, { cutDigits, factor }: Precision): number {
  const isNegative = bytes[from] === MINUS;
  const start = isNegative ? from + 1 : from;
  if (to <= start) return Number.NaN;
  let value = 0;
  for (let at = start; at < to; at += 1) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    if (at < to - cutDigits) value = value * 10 + digit;
  }
  const ms = value * factor;
  if (ms > MAX_MS || (ms === MAX_MS && beyondInt64(bytes, start, to))) return Number.NaN;
  return isNegative ? -ms : ms;
}

function beyondInt64(bytes: Uint8Array, from: number, to: number): boolean {
  return (
    Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from)
      .toString()
      .replace(/^0+/, '') > INT64_MAX_TEXT
  );
}
