import { type SqlTargetOptions, sqlAddress } from '#core/sql/sql-target-options.ts';
import { type DatabaseTools, openServer } from './open-sql.ts';
import type { SqlConnection } from './sql-connection.ts';
import { openSqlite } from './sqlite-connection.ts';

/** Opens the database that the options lead to. Throws `CollectError`. */
export async function openDatabase(options: SqlTargetOptions, tools: DatabaseTools): Promise<SqlConnection> {
  const { database, file = '', schema, statementTimeout: statementTimeoutMs, ...rest } = options;
  const address = sqlAddress(options);
  if (database === 'sqlite' || address === undefined) return openSqlite(file, statementTimeoutMs);
  const fallback = database === 'postgresql' ? { database: 'postgres' } : {};
  const login = { ...rest, ...(schema === undefined ? fallback : { database: schema }), address };
  return openServer(database, { ...login, statementTimeoutMs }, tools);
}
