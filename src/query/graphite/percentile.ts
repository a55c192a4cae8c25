import { known } from './agg-func.ts';

/** The n-th percentile (0–100) of the known values by rank, as Graphite ranks them; NaN when there are none. */
export function percentile(values: Float64Array, n: number, interpolate = false): number {
  const sorted = known(values).sort();
  if (sorted.length === 0) return Number.NaN;
  const fractionalRank = (n / 100) * (sorted.length + 1);
  const fraction = fractionalRank - Math.floor(fractionalRank);
  const rank = interpolate ? Math.floor(fractionalRank) : Math.ceil(fractionalRank);
  const at = (index: number): number => sorted[Math.min(Math.max(index, 0), sorted.length - 1)] as number;
  const value = at(rank - 1);
  return interpolate && rank < sorted.length ? value + fraction * (at(rank) - value) : value;
}
