import { parseDuration } from '#core/units/duration.ts';

/** A number as it is written in a query: durations count in seconds. */
export type NumberLiteral = { readonly value: number; readonly isDuration: boolean };

const OCTAL = /^0_?[0-7][0-7_]*$/;
const UNITS = /[smhdwy]$/;
/** Durations are 64-bit nanoseconds in Prometheus. */
const LONGEST_MS = (2 ** 63 - 1) / 1e6;

/** Reads `1_000`, `0x1f`, `017` (octal), `1e3`, `Inf`, `NaN`, `1h30m`; undefined when the text is no number. */
export function readNumber(text: string): NumberLiteral | undefined {
  const lower = text.toLowerCase();
  if (lower === 'inf') return { value: Infinity, isDuration: false };
  if (lower === 'nan') return { value: Number.NaN, isDuration: false };
  if (!lower.startsWith('0x') && UNITS.test(text)) return readDuration(text);
  const plain = text.replaceAll('_', '');
  const value = OCTAL.test(text) ? Number.parseInt(plain, 8) : Number(plain);
  const isFinite = Number.isFinite(value);
  return isFinite && plain !== '' ? { value, isDuration: false } : undefined;
}

function readDuration(text: string): NumberLiteral | undefined {
  const ms = parseDuration(text);
  return ms === undefined || ms > LONGEST_MS ? undefined : { value: ms / 1000, isDuration: true };
}
