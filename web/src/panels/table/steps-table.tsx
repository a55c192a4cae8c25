import { useEffect, useState } from 'react';
import type { Panel } from '#core/api/dashboard.ts';
import type { SeriesLook } from '#core/api/panel-display.ts';
import type { TableHeader } from '#core/api/text-query.ts';
import type { Cell, PanelTable, TableField } from '#core/panel-data/panel-table.ts';
import { lookOf } from '#core/panel-data/series-look.ts';
import { splitSteps } from '#core/panel-data/series-steps.ts';
import { tableOfSeries } from '#core/panel-data/table-of-series.ts';
import { transformTable } from '#core/panel-data/table-steps.ts';
import styles from '#web/charts/chart.module.css';
import type { ChartData } from '#web/charts/chart-data.ts';
import type { ChartHandle } from '#web/charts/chart-handle.ts';
import { cssColour } from '#web/charts/palette.ts';
import { formatDateTime } from '#web/format/time.ts';
import { joinParts } from '#web/format/value.ts';
import { shownValue } from '#web/panels/shown-value.ts';
import { answeredRows } from './answered-rows.ts';

const SHOWN_ROWS = 500;
const FIRST_LETTER = 'A'.charCodeAt(0);

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
  const columns = columnsOf(table, panel);
  const rest = table.rows.length - SHOWN_ROWS;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={styles.tableBox} tabIndex={0} aria-label={`Rows of ${panel.title}`}>
      <table className={styles.table} aria-label={panel.title}>
        <thead>
          <tr>
            {columns.map(({ at, field, look }) => (
              <th key={at} scope="col" data-number={field.kind === 'number'}>
                {look.name ?? field.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, SHOWN_ROWS).map((row, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <td key={column.at} data-number={column.field.kind === 'number'}>
                  <CellValue cell={row[column.at] ?? ''} {...{ column, panel, unit }} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.rows.length === 0 && <p className={styles.tableNote}>No rows</p>}
      {rest > 0 && <p className={styles.tableNote}>{rest} more rows: add a limit or group them</p>}
    </section>
  );
}

/** A column that is shown, and its place in the rows. */
type Column = { readonly at: number; readonly field: TableField; readonly look: SeriesLook };

/** The columns that no override hides. */
function columnsOf({ fields }: PanelTable, { overrides = [] }: Panel): Column[] {
  return fields.flatMap((field, at): Column[] => {
    const query = /^[A-Z]$/.test(field.name) ? field.name.charCodeAt(0) - FIRST_LETTER : -1;
    const look = lookOf({ name: field.name, query }, overrides) ?? {};
    return look.hidden === true ? [] : [{ at, field, look }];
  });
}

type CellProps = Pick<StepsTableProps, 'panel' | 'unit'> & { readonly cell: Cell; readonly column: Column };

function CellValue({ cell, column: { field, look }, panel, unit }: CellProps) {
  if (field.kind === 'time' && typeof cell === 'number') return formatDateTime(cell);
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
  if (answered !== undefined) return transformTable(answeredRows(answered), steps);
  const { table } = splitSteps(steps);
  const [first] = table;
  if (first === undefined) return { fields: [], rows: [] };
  const series = data.series.map((line, index) => ({ ...line, values: data.values[index] ?? new Float64Array(0) }));
  return transformTable(tableOfSeries({ t: data.t, series }, first), table);
}
