import { useEffect, useState } from 'react';
import type { Panel } from '#core/api/dashboard.ts';
import type { TableHeader } from '#core/api/text-query.ts';
import { type Cell, type PanelTable, type TableField, tableOfSeries } from '#core/panel-data/panel-table.ts';
import { lookOf } from '#core/panel-data/series-look.ts';
import { splitSteps } from '#core/panel-data/series-steps.ts';
import { transformTable } from '#core/panel-data/table-steps.ts';
import styles from '#web/charts/chart.module.css';
import type { ChartData } from '#web/charts/chart-data.ts';
import type { ChartHandle } from '#web/charts/chart-handle.ts';
import { cssColour } from '#web/charts/palette.ts';
import { formatDateTime } from '#web/format/time.ts';
import { joinParts } from '#web/format/value.ts';
import { shownValue } from '#web/panels/shown-value.ts';

const SHOWN_ROWS = 500;

export type StepsTableProps = {
  readonly panel: Panel;
  readonly unit: string;
  readonly handle: ChartHandle;
  /** Rows that were answered as such, of SQL: then the series do not count. */
  readonly answered: TableHeader | undefined;
};

/** What the steps of a panel make of its answers, as rows. */
export function StepsTable({ panel, unit, handle, answered }: StepsTableProps) {
  const [data, setData] = useState<ChartData>(handle.data);
  useEffect(() => handle.listen(() => setData(handle.data)), [handle]);
  const table = rowsOf(panel, data, answered);
  const rest = table.rows.length - SHOWN_ROWS;
  return (
    <div className={styles.tableBox}>
      <table className={styles.table} aria-label={panel.title}>
        <thead>
          <tr>
            {table.fields.map(({ name }, index) => (
              <th key={index} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, SHOWN_ROWS).map((row, index) => (
            <tr key={index}>
              {table.fields.map((field, column) => (
                <td key={column} data-number={field.kind === 'number'}>
                  <CellValue cell={row[column] ?? ''} {...{ field, panel, unit }} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.rows.length === 0 && <p className={styles.tableNote}>No rows</p>}
      {rest > 0 && <p className={styles.tableNote}>{rest} more rows: add a limit or group them</p>}
    </div>
  );
}

type CellProps = Pick<StepsTableProps, 'panel' | 'unit'> & { readonly cell: Cell; readonly field: TableField };

function CellValue({ cell, field, panel, unit }: CellProps) {
  if (field.kind === 'time' && typeof cell === 'number') return formatDateTime(cell);
  const look = lookOf({ name: field.name, query: -1 }, panel.overrides ?? []) ?? {};
  const line = { key: field.name, name: field.name, labels: {}, query: -1, look };
  const shown = shownValue(cell, line, { ...panel, unit });
  const colour = shown.status ?? shown.colour;
  return (
    <>
      {colour !== undefined && (
        <span className={styles.dot} style={{ background: cssColour(colour) }} aria-hidden="true" />
      )}
      {joinParts(shown)}
    </>
  );
}

function rowsOf(panel: Panel, data: ChartData, answered: TableHeader | undefined): PanelTable {
  const steps = panel.transformations ?? [];
  if (answered !== undefined) return transformTable(answeredTable(answered), steps);
  const { table } = splitSteps(steps);
  const [first] = table;
  if (first === undefined) return { fields: [], rows: [] };
  const series = data.series.map((line, index) => ({ ...line, values: data.values[index] ?? new Float64Array(0) }));
  return transformTable(tableOfSeries({ t: data.t, series }, first), table);
}

function answeredTable({ fields, rows }: TableHeader): PanelTable {
  const kinds = fields.map(({ type }): TableField['kind'] => (/Int|Float|Decimal/.test(type) ? 'number' : 'text'));
  const cell = (value: unknown, kind: TableField['kind'] | undefined): Cell => {
    if (value === null || value === undefined) return kind === 'number' ? Number.NaN : '';
    if (kind === 'number') return Number(value);
    return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
  };
  return {
    fields: fields.map(({ name }, index) => ({ name, kind: kinds[index] ?? 'text' })),
    rows: rows.map((row) => row.map((value, index) => cell(value, kinds[index]))),
  };
}
