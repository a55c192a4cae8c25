import type { TableHeader } from '#core/api/text-query.ts';
import type { Cell, PanelTable, TableField } from '#core/panel-data/panel-table.ts';

/** Rows of SQL as the rows of a panel. */
export function answeredRows({ fields, rows }: TableHeader): PanelTable {
  const kinds = fields.map(({ type }): TableField['kind'] => (/Int|Float|Decimal/.test(type) ? 'number' : 'text'));
  return {
    fields: fields.map(({ name }, index) => ({ name, kind: kinds[index] ?? 'text' })),
    rows: rows.map((row) => row.map((value, index) => cellOf(value, kinds[index]))),
  };
}

function cellOf(value: unknown, kind: TableField['kind'] | undefined): Cell {
  if (value === null || value === undefined) return kind === 'number' ? Number.NaN : '';
  if (kind === 'number') return Number(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}
