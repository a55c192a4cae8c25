import { FLOAT_BITS, MAX_DECIMALS, MAX_INTEGER } from '#storage/clickhouse/schema/sample-value.ts';

/** Up to here a product with a power of ten is off by less than a half: rounded, it is the decimal's integer. */
const MAX_PRODUCT = 1e15;

/** Powers of ten by exponent; NaN for {@link FLOAT_BITS} and whatever else is none, so that nothing equals it. */
export const POWERS_OF_TEN = Float64Array.from({ length: FLOAT_BITS + 1 }, (_, e) =>
  e <= MAX_DECIMALS ? Number(`1e${e}`) : Number.NaN,
);

/** Whether `value` is `integer / power` bit for bit; `integer` must be whole. */
export function isQuotient(value: number, integer: number, power: number): boolean {
  if (integer / power !== value || integer > MAX_INTEGER || integer < -MAX_INTEGER) return false;
  return integer !== 0 || 1 / value > 0;
}

/** The fewest decimals that give the value exactly, or {@link FLOAT_BITS} where there is no decimal form of 15 digits. */
export function decimalsOf(value: number): number {
  const size = Math.abs(value);
  if (!(size <= MAX_PRODUCT)) return isQuotient(value, Math.round(value), 1) ? 0 : FLOAT_BITS;
  let decimals = MAX_DECIMALS;
  while (size * powerOf(decimals) > MAX_PRODUCT) decimals -= 1;
  // Whatever has fewer decimals has also this many: one look tells whether there is any form.
  if (!hasDecimals(value, decimals)) return FLOAT_BITS;
  while (decimals > 0 && hasDecimals(value, decimals - 1)) decimals -= 1;
  return decimals;
}

const powerOf = (decimals: number): number => POWERS_OF_TEN[decimals] ?? 1;

function hasDecimals(value: number, decimals: number): boolean {
  const power = powerOf(decimals);
  return isQuotient(value, Math.round(value * power), power);
}
