export { openDatabase } from './open-database.ts';
export { openSql, SQL_SERVERS, type SqlServer } from './open-sql.ts';
export { plainSockets } from './plain-sockets.ts';
export { checkReads } from './read-only-statement.ts';
export {
  MOST_ROWS,
  type SqlConnection,
  type SqlLogin,
  type SqlQueryOptions,
} from './sql-connection.ts';
export type { SocketSource } from './sql-socket.ts';
export { openSqlite } from './sqlite-connection.ts';
