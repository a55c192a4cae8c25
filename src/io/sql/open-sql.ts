import type { SqlConnection, SqlLogin } from './sql-connection.ts';
import type { SocketSource } from './sql-socket.ts';

/** A server that is spoken to; MariaDB is a MySQL. */
export type SqlServer = 'mysql' | 'postgresql';

/** A login whose password is a reference. */
export type SqlLoginOptions = Omit<SqlLogin, 'password'> & { readonly password?: string | undefined };

/** What is needed on the way to a database. */
export type DatabaseTools = {
  readonly sockets: SocketSource;
  readonly secret: (reference: string) => Promise<string>;
  readonly signal: AbortSignal;
};

/** As {@link openSql}, with the password that the reference leads to. */
export async function openServer(
  kind: SqlServer,
  login: SqlLoginOptions,
  tools: DatabaseTools,
): Promise<SqlConnection> {
  const password = login.password === undefined ? '' : await tools.secret(login.password);
  return openSql(kind, { ...login, password }, tools);
}

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
