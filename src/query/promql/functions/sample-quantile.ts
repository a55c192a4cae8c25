/**
 * The φ-quantile of floats, interpolated between neighbours; NaN sorts first. φ < 0 gives −Inf, φ > 1 +Inf; NaN for no
 * values or φ = NaN.
 */
export function quantileOfValues(q: number, values: Float64Array): number {
  if (values.length === 0 || Number.isNaN(q)) return NaN;
  if (q < 0) return -Infinity;
  if (q > 1) return Infinity;
  // Typed arrays sort NaN last.
  const sorted = values.slice().sort();
  let nans = 0;
  while (nans < sorted.length && Number.isNaN(sorted[sorted.length - 1 - nans])) nans++;
  const at = (i: number): number => (i < nans ? NaN : (sorted[i - nans] as number));
  const rank = q * (sorted.length - 1);
  const lower = Math.floor(rank);
  const weight = rank - lower;
  return at(lower) * (1 - weight) + at(Math.min(lower + 1, sorted.length - 1)) * weight;
}
