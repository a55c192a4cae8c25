import { type SqlTargetOptions, sqlAddress } from '#core/sql/sql-target-options.ts';
import { openSql } from './open-sql.ts';
import type { SqlConnection } from './sql-connection.ts';
import type { SocketSource } from './sql-socket.ts';
import { openSqlite } from './sqlite-connection.ts';

/** What is needed on the way to a database. */
export type DatabaseTools = {
  readonly sockets: SocketSource;
  readonly secret: (reference: string) => Promise<string>;
  readonly signal: AbortSignal;
};

/** Opens the database that the options lead to. Throws `CollectError`. */
export async function openDatabase(options: SqlTargetOptions, tools: DatabaseTools): Promise<SqlConnection> {
  const { database, file = '', password, schema, statementTimeout: statementTimeoutMs, ...rest } = options;
  const address = sqlAddress(options);
  if (database === 'sqlite' || address === undefined) return openSqlite(file, statementTimeoutMs);
  const secret = password === undefined ? '' : await tools.secret(password);
  const fallback = database === 'postgresql' ? { database: 'postgres' } : {};
  const login = { ...rest, ...(schema === undefined ? fallback : { database: schema }), address, password: secret };
  return openSql(database, { ...login, statementTimeoutMs }, tools);
}
