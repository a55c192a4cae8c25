import pg from 'pg';
import { type Connection, driverOptions } from './connection.ts';

/** Opens a connection of its own and asks the server for an answer; rejects when there is none within the limit. */
export async function ping(connection: Connection, timeoutMs: number): Promise<void> {
  const limits = { connectionTimeoutMillis: timeoutMs, query_timeout: timeoutMs, statement_timeout: timeoutMs };
  const client = new pg.Client({ ...driverOptions(connection), ...limits });
  // A connection that breaks also rejects what waits on it; the event alone would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
  } finally {
    client.end().catch(() => undefined);
  }
}
