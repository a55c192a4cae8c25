import type { Series } from './series.ts';

/** Aggregations whose rows can be folded one series after the other. */
export type ColumnFold = 'sum' | 'min' | 'max';

/** What was folded of each row, NaN where nothing was known, and how many values were known. */
export type Folded = { readonly values: Float64Array; readonly counts: Uint32Array };

/** Values after which other work of the thread may run. */
const PIECE_VALUES = 200_000;

/**
 * Folds the rows of series in the order of the series, as `sum`, `minimum` and `maximum` do with one row, but column by
 * column: rows of a thousand series lie far apart in memory.
 */
export async function foldColumns(
  list: readonly Series[],
  how: ColumnFold,
  { breathe }: { readonly breathe: () => Promise<void> },
): Promise<Folded> {
  const length = list.reduce((most, { values }) => Math.max(most, values.length), 0);
  const folded = { values: new Float64Array(length).fill(Number.NaN), counts: new Uint32Array(length) };
  let done = 0;
  for (const { values } of list) {
    if (how === 'sum') addColumn(folded, values);
    else keepExtremes(folded, values, how);
    done += values.length;
    if (done < PIECE_VALUES) continue;
    done = 0;
    await breathe();
  }
  return folded;
}

function addColumn({ values, counts }: Folded, column: Float64Array): void {
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number;
    if (Number.isNaN(value)) continue;
    const total = values[i] as number;
    values[i] = Number.isNaN(total) ? value : total + value;
    counts[i] = (counts[i] as number) + 1;
  }
}

function keepExtremes({ values, counts }: Folded, column: Float64Array, how: 'min' | 'max'): void {
  const isMin = how === 'min';
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number;
    if (Number.isNaN(value)) continue;
    const known = values[i] as number;
    if (Number.isNaN(known)) values[i] = value;
    else values[i] = isMin ? Math.min(known, value) : Math.max(known, value);
    counts[i] = (counts[i] as number) + 1;
  }
}
