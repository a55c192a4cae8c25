/** 10 to this power is a double without loss. */
const MAX_QUICK_DECIMALS = 15;

/** Rounds to a number of decimals (negative: tens, hundreds …); exact halves go to the even neighbour, as in Python. */
export function roundHalfEven(value: number, decimals: number): number {
  if (!Number.isFinite(value)) return value;
  if (decimals > 0) return roundDecimals(value, decimals);
  const unit = 10 ** -decimals;
  const scaled = value / unit;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  if (rest === 0.5) return (floor % 2 === 0 ? floor : floor + 1) * unit;
  return (rest < 0.5 ? floor : floor + 1) * unit;
}

/** {@link roundHalfEven} of each value. What is written to may be what is read from. */
export function rounded(values: Float64Array, decimals: number, out: Float64Array): Float64Array {
  const power = 10 ** decimals;
  const isQuick = decimals > 0 && decimals <= MAX_QUICK_DECIMALS;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const scaled = Math.abs(value) * power;
    const floor = Math.floor(scaled);
    const rest = scaled - floor;
    // So far from a half that the error of the product cannot matter; the quotient is the double nearest to the decimal.
    if (isQuick && scaled < 1e9 && Math.abs(rest - 0.5) > 1e-3) {
      const magnitude = (rest < 0.5 ? floor : floor + 1) / power;
      out[i] = value < 0 ? -magnitude : magnitude;
    } else out[i] = roundHalfEven(value, decimals);
  }
  return out;
}

/** `toFixed` rounds the exact decimal expansion, and exact halves away from zero: only those need care. */
function roundDecimals(value: number, decimals: number): number {
  if (decimals > 100 || Math.abs(value) >= 1e21) return value;
  const binaryHalf = value * 2 ** (decimals + 1);
  const scaled = value * 10 ** decimals;
  const isTie = Number.isInteger(binaryHalf) && Math.abs(scaled % 1) === 0.5;
  return isTie ? roundHalfEven(scaled, 0) / 10 ** decimals : Number(value.toFixed(decimals));
}
