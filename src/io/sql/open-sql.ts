import type { SqlConnection, SqlLogin } from './sql-connection.ts';
import type { SocketSource } from './sql-socket.ts';

/** A server that is spoken to; MariaDB is a MySQL. */
export type SqlServer = 'mysql' | 'postgresql';

/** Logs in to a database server; its driver is loaded when the first of its kind is asked for. Throws `CollectError`. */
export async function openSql(
  kind: SqlServer,
  login: SqlLogin,
  { sockets, signal }: { readonly sockets: SocketSource; readonly signal: AbortSignal },
): Promise<SqlConnection> {
  switch (kind) {
    case 'mysql': {
      const { openMysql } = await import('./mysql-connection.ts');
      return openMysql(sockets, login, signal);
    }
    case 'postgresql': {
      const { openPostgres } = await import('./postgres-connection.ts');
      return openPostgres(sockets, login, signal);
    }
  }
}
