import { FieldSet } from '#core/log-fields/field-set.ts';
import { LOG_SEVERITIES, type RawLog } from '#core/model/log-record.ts';
import { CollectError } from '#core/plugin/collect-error.ts';
import { timeOfCell } from '#core/sql/sql-cell.ts';
import type { SqlRows } from '#core/sql/sql-rows.ts';
import type { RowsQuery } from './config.ts';

/** A row as a log line, and the place behind it. */
export type TakenRow = { readonly log: RawLog; readonly cursor: string };

const SEVERITIES: Readonly<Record<string, number>> = {
  ...LOG_SEVERITIES,
  ...{ warning: LOG_SEVERITIES.warn, err: LOG_SEVERITIES.error, critical: LOG_SEVERITIES.fatal },
  ...{ notice: LOG_SEVERITIES.info, information: LOG_SEVERITIES.info },
};

/**
 * The rows of an answer as log lines, in order. Throws `answer` for a column that it does not have, and for a row without
 * a place to go on from.
 */
export function logsOfRows(query: RowsQuery, { columns, rows }: SqlRows): TakenRow[] {
  const indexOf = (column: string | undefined): number => {
    if (column === undefined) return -1;
    const found = columns.findIndex((one) => one.toLowerCase() === column.toLowerCase());
    if (found >= 0) return found;
    throw new CollectError('answer', `the answer has no column ${column}; it has ${columns.join(', ') || 'none'}`);
  };
  const [at, time] = [indexOf(query.cursorColumn), indexOf(query.timeColumn)];
  const [message, severity] = [indexOf(query.messageColumn), indexOf(query.severityColumn)];
  return rows.map((row, i) => {
    const cursor = row[at] ?? null;
    if (cursor === null) {
      throw new CollectError('answer', `row ${i + 1}, column ${query.cursorColumn}: NULL is no place to go on from`);
    }
    const t = timeOfCell(row[time] ?? '');
    const fields = new FieldSet();
    for (const [index, column] of columns.entries()) {
      const isTaken = index === message || index === time || index === severity;
      const cell = row[index] ?? null;
      if (!isTaken && cell !== null) fields.set(column, cell);
    }
    const whole = columns.map((column, index) => `${column}=${row[index] ?? 'NULL'}`).join(' ');
    const log: RawLog = {
      ...(t === undefined ? {} : { t }),
      ...(severity < 0 ? {} : { severity: SEVERITIES[(row[severity] ?? '').toLowerCase()] ?? LOG_SEVERITIES.unknown }),
      service: query.service ?? query.name,
      source: `sql-rows:${query.name}`,
      body: message < 0 ? whole : (row[message] ?? ''),
      attributes: fields.toFields(),
    };
    return { log, cursor };
  });
}
