export type SortValue = number | string | null;

type Sortable<Row> = { readonly key: string; readonly sortValue?: (row: Row) => SortValue };

/** Rows in the order of `key` or `-key`; stable, null last in both directions, the given order when it is unknown. */
export function sortRows<Row>(rows: readonly Row[], columns: readonly Sortable<Row>[], sort = ''): readonly Row[] {
  const sign = sort.startsWith('-') ? -1 : 1;
  const value = columns.find(({ key }) => key === sort.replace(/^-/, ''))?.sortValue;
  if (value === undefined) return rows;
  return rows
    .map((row) => ({ row, value: value(row) }))
    .sort((a, b) => nullsLast(a.value, b.value) ?? sign * compare(a.value, b.value))
    .map(({ row }) => row);
}

function nullsLast(a: SortValue, b: SortValue): number | undefined {
  if (a !== null && b !== null) return undefined;
  return Number(a === null) - Number(b === null);
}

function compare(a: SortValue, b: SortValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}
