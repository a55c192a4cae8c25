import { jsonNumber } from './json-number.ts';

/** The longest text of a number is shorter; what is written past its end must be there to be written over. */
export const NUMBER_BYTES = 32;

/** The texts `0000` to `9999`, their first digit in the lowest byte. */
const FOUR_DIGITS = Uint32Array.from({ length: 10_000 }, (_, number) => {
  const digits = String(number).padStart(4, '0');
  return [3, 2, 1, 0].reduce((word, at) => word * 256 + digits.charCodeAt(at), 0);
});
/** `null` in the same order. */
const NULL = 0x6c6c756e;
const MAX_DECIMALS = 6;
const POWERS = Float64Array.from({ length: MAX_DECIMALS + 1 }, (_, decimals) => 10 ** decimals);
/** Decimals of 15 digits are different doubles, so that the one that gives a double back is its shortest text. */
const EXACT = 1e15;
const SMALL = 100_000_000;

/**
 * Writes numbers as {@link jsonNumber} spells them, digits as words and without strings: whole numbers, and decimals of up
 * to {@link MAX_DECIMALS} places, of which it tries first what the number before had. Others are spelled, once for equal
 * neighbours.
 */
export class NumberBytes {
  #decimals = 1;
  #spelled = Number.NaN;
  #text = '';

  /** Writes at a place that has {@link NUMBER_BYTES} of room; returns the place behind the number. */
  write(view: DataView, at: number, value: number): number {
    if (value < SMALL && value >= 0 && (value | 0) === value) return writeSmall(view, at, value | 0);
    if (!Number.isNaN(value)) return this.#other(view, at, value);
    view.setUint32(at, NULL, true);
    return at + 4;
  }

  #other(view: DataView, at: number, value: number): number {
    const isNegative = value < 0;
    if (isNegative) view.setUint8(at, 0x2d);
    const next = this.#decimal(view, isNegative ? at + 1 : at, Math.abs(value));
    return next ?? this.#spell(view, at, value);
  }

  /** Undefined when it takes more digits. */
  #decimal(view: DataView, at: number, value: number): number | undefined {
    if (value >= EXACT) return undefined;
    const whole = Math.floor(value);
    if (whole === value) return writeWhole(view, at, value);
    let power = POWERS[this.#decimals] as number;
    let digits = Math.round(value * power);
    if (digits / power !== value || digits >= EXACT || Math.floor(digits / 10) * 10 === digits) {
      const decimals = decimalsOf(value);
      if (decimals === undefined) return undefined;
      this.#decimals = decimals;
      power = POWERS[decimals] as number;
      digits = Math.round(value * power);
    }
    return writeFraction(view, writeWhole(view, at, whole), digits - whole * power, this.#decimals);
  }

  #spell(view: DataView, at: number, value: number): number {
    if (value !== this.#spelled) {
      this.#spelled = value;
      this.#text = jsonNumber(value);
    }
    const text = this.#text;
    for (let i = 0; i < text.length; i++) view.setUint8(at + i, text.charCodeAt(i));
    return at + text.length;
  }
}

/** The fewest decimals that give the value back. */
function decimalsOf(value: number): number | undefined {
  const most = Math.round(value * (POWERS[MAX_DECIMALS] as number));
  if (most >= EXACT || most / (POWERS[MAX_DECIMALS] as number) !== value) return undefined;
  for (let decimals = 1; decimals < MAX_DECIMALS; decimals++) {
    const power = POWERS[decimals] as number;
    if (Math.round(value * power) / power === value) return decimals;
  }
  return MAX_DECIMALS;
}

/** A whole number below {@link EXACT}. */
function writeWhole(view: DataView, at: number, value: number): number {
  if (value < SMALL) return writeSmall(view, at, value | 0);
  const high = Math.floor(value / SMALL);
  const low = (value - high * SMALL) | 0;
  const next = writeSmall(view, at, high | 0);
  const upper = (low / 10_000) | 0;
  view.setUint32(next, FOUR_DIGITS[upper] as number, true);
  view.setUint32(next + 4, FOUR_DIGITS[low - upper * 10_000] as number, true);
  return next + 8;
}

/** A whole number below {@link SMALL}. */
function writeSmall(view: DataView, at: number, value: number): number {
  if (value < 10_000) return writeLeading(view, at, value);
  const upper = (value / 10_000) | 0;
  const next = writeLeading(view, at, upper);
  view.setUint32(next, FOUR_DIGITS[value - upper * 10_000] as number, true);
  return next + 4;
}

/** A whole number below 10,000, without zeros before it. */
function writeLeading(view: DataView, at: number, value: number): number {
  const length = value < 10 ? 1 : value < 100 ? 2 : value < 1_000 ? 3 : 4;
  view.setUint32(at, (FOUR_DIGITS[value] as number) >>> (32 - 8 * length), true);
  return at + length;
}

/** The point and so many digits behind it. */
function writeFraction(view: DataView, at: number, digits: number, decimals: number): number {
  view.setUint8(at, 0x2e);
  const upper = decimals <= 4 ? digits : Math.floor(digits / 10_000);
  const leading = decimals <= 4 ? decimals : decimals - 4;
  view.setUint32(at + 1, (FOUR_DIGITS[upper] as number) >>> (32 - 8 * leading), true);
  if (decimals > 4) view.setUint32(at + 1 + leading, FOUR_DIGITS[digits - upper * 10_000] as number, true);
  return at + 1 + decimals;
}
