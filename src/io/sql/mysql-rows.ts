import type { Connection, FieldPacket, TypeCastField } from 'mysql2';
import type { SqlCell, SqlParameter, SqlRows } from '#core/sql/sql-rows.ts';

/** A value as the server sends it, only that bits are no text. For the option `typeCast` of the driver. */
export function cellOf(field: TypeCastField): SqlCell {
  if (field.type !== 'BIT') return field.string();
  const bytes = field.buffer();
  return bytes === null ? null : BigInt(`0x${bytes.toString('hex')}`).toString();
}

type Statement = { readonly sql: string; readonly parameters: readonly SqlParameter[]; readonly maxRows: number };

/**
 * The rows of a statement. When there are more than `maxRows` it is given up: `onCut` must close the connection, since what
 * follows would answer the next statement.
 */
export function readRows(
  connection: Connection,
  { sql, parameters, maxRows }: Statement,
  onCut: () => void,
): Promise<SqlRows> {
  return new Promise((resolve, reject) => {
    const rows: SqlCell[][] = [];
    let columns: readonly string[] = [];
    let isCut = false;
    connection
      .query(sql, [...parameters])
      .on('fields', (fields: readonly FieldPacket[] | undefined) => {
        columns = fields?.map(({ name }) => name) ?? [];
      })
      .on('result', (row: unknown) => {
        // Answers without rows are an object.
        if (!Array.isArray(row) || isCut) return;
        if (rows.length < maxRows) {
          rows.push(row as SqlCell[]);
          return;
        }
        isCut = true;
        resolve({ columns, rows, isCut });
        onCut();
      })
      .on('error', reject)
      .on('end', () => resolve({ columns, rows, isCut }));
  });
}
