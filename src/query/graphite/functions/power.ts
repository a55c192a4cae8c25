/** a to the power of b; None where the result is not a number or overflows. */
export function power(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  const result = a ** b;
  return Number.isFinite(result) || !Number.isFinite(a) || !Number.isFinite(b) ? result : Number.NaN;
}
