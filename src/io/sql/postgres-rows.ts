import pg from 'pg';
import type { SqlCell, SqlParameter, SqlRows } from '#core/sql/sql-rows.ts';

/** Values of every type as the server writes them. */
const AS_TEXT = { getTypeParser: () => (text: string | Buffer) => String(text) };

type Statement = { readonly text: string; readonly parameters: readonly SqlParameter[]; readonly maxRows: number };
type Wire = { readonly sync: () => void };

/** One statement in the extended protocol, of which no more rows are sent than are wanted and one that tells of more. */
class CappedQuery extends pg.Query<SqlCell[]> {
  /** The server has more: the driver would ask for them. */
  handlePortalSuspended(wire: Wire): void {
    wire.sync();
  }

  /** After an error the server waits for this, and the driver, asking for some rows only, does not say it. */
  handleError(error: Error, wire: Wire): void {
    this.emit('error', error);
    if (error instanceof pg.DatabaseError) wire.sync();
  }
}

/** The rows of a statement; the connection is as good as before. */
export function readRows(client: pg.Client, { text, parameters, maxRows }: Statement): Promise<SqlRows> {
  return new Promise((resolve, reject) => {
    const rows: SqlCell[][] = [];
    let columns: readonly string[] = [];
    const config = { text, values: [...parameters], rowMode: 'array', rows: maxRows + 1, types: AS_TEXT };
    const query = new CappedQuery(config as pg.QueryConfig)
      .on('row', (row) => void (rows.length <= maxRows && rows.push(row)))
      .on('error', reject)
      .on('end', (result) => {
        columns = result.fields.map(({ name }) => name);
        resolve({ columns, rows: rows.slice(0, maxRows), isCut: rows.length > maxRows });
      });
    client.query(query);
  });
}
