export { openDatabase } from './open-database.ts';
export { openServer, openSql, type SqlServer } from './open-sql.ts';
export { plainSockets } from './plain-sockets.ts';
export { checkReads } from './read-only-statement.ts';
export type { SqlConnection, SqlLogin } from './sql-connection.ts';
export { openSqlite } from './sqlite-connection.ts';
