export { openSql, SQL_SERVERS, type SqlServer } from './open-sql.ts';
export {
  MOST_ROWS,
  type SqlCell,
  type SqlConnection,
  type SqlLogin,
  type SqlParameter,
  type SqlQueryOptions,
  type SqlRows,
} from './sql-connection.ts';
export type { SocketSource } from './sql-socket.ts';
export { openSqlite } from './sqlite-connection.ts';
