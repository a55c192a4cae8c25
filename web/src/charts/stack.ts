/** Columns of a stacked chart: `tops[i]` is drawn from `floors[i]` up. */
export type Stacked = { readonly tops: readonly Float64Array[]; readonly floors: readonly Float64Array[] };

/** Stacks columns upwards. A missing value (NaN) adds nothing and leaves a gap in its own line only. */
export function stack(columns: readonly Float64Array[]): Stacked {
  const length = columns[0]?.length ?? 0;
  const sum = new Float64Array(length);
  const tops: Float64Array[] = [];
  const floors: Float64Array[] = [];
  for (const column of columns) {
    const top = new Float64Array(length);
    floors.push(Float64Array.from(sum));
    for (let i = 0; i < length; i++) {
      const value = column[i] as number;
      if (Number.isNaN(value)) {
        top[i] = Number.NaN;
        continue;
      }
      sum[i] = (sum[i] as number) + value;
      top[i] = sum[i] as number;
    }
    tops.push(top);
  }
  return { tops, floors };
}

/** Smallest and largest value of columns; min > max when all are NaN. */
export function extentOf(columns: readonly Float64Array[]): { readonly min: number; readonly max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i] as number;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return { min, max };
}
