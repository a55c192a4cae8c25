import mysql, { type Connection } from 'mysql2';
import { CollectError } from '#core/plugin/collect-error.ts';
import { addressText } from '#core/plugin/target-options.ts';
import type { SqlRows } from '#core/sql/sql-rows.ts';
import { withTransactions } from './foreign-statements.ts';
import { cellOf, readRows } from './mysql-rows.ts';
import { MOST_ROWS, nameOf, type SqlConnection, type SqlLogin, tlsOf } from './sql-connection.ts';
import { type Greeting, type SocketSource, SqlSocket } from './sql-socket.ts';

/** Logins that are refused: access denied, to a database, of a host, of a user (MySQL 8.0 reference, errors). */
const LOGIN_ERRORS = new Set([1044, 1045, 1130, 1251, 1698, 1820, 3118, 3159, 4151]);
/** A packet's header is three bytes of length and a number; the greeting is number 0 and of version 10, or an error. */
const SEQUENCE = 3;
const KIND = 4;
const GREETINGS = [0x0a, 0xff];
/** The longest that the end of a statement on the server is waited for. */
const CANCEL_MS = 2_000;

const GREETING: Greeting = {
  what: 'MySQL',
  isFine: (bytes) => (bytes[SEQUENCE] ?? 0) === 0 && (bytes.length <= KIND || GREETINGS.includes(bytes[KIND] ?? 0)),
};

/** Where statements go, and what its server is. */
type Session = { readonly connection: Connection; readonly socket: SqlSocket };

/** Logs in to a MySQL or MariaDB server. Throws `CollectError`. */
export async function openMysql(sockets: SocketSource, login: SqlLogin, signal: AbortSignal): Promise<SqlConnection> {
  const session = await connect(sockets, login, signal);
  const { connection, socket } = session;
  // A statement that runs on costs its own time only, which the server limits too.
  const cancel = (): Promise<void> => killQuery(sockets, login, connection.threadId);
  const ask = (sql: string, options: Parameters<SqlConnection['query']>[1]): Promise<SqlRows> => {
    const { signal, parameters = [], maxRows = MOST_ROWS } = options;
    const begin = (): Promise<SqlRows> => {
      return readRows(connection, { sql, parameters, maxRows }, () => {
        socket.close();
        cancel().catch(() => undefined);
      });
    };
    return socket.during(begin, signal, cancel).catch((error: unknown) => {
      throw faultOf(error, login, signal);
    });
  };
  await prepare(session, login, (sql) => ask(sql, { signal }));
  const isOpen = (): boolean => socket.isOpen;
  return { isOpen, close: () => socket.close(), query: withTransactions(ask, 'START TRANSACTION READ ONLY', isOpen) };
}

async function connect(sockets: SocketSource, login: SqlLogin, signal: AbortSignal): Promise<Session> {
  const { socket: raw } = await sockets.open(login.address, { signal });
  const socket = new SqlSocket(raw, login.address, GREETING);
  const ssl = tlsOf(login);
  const connection = mysql.createConnection({
    stream: () => raw,
    host: nameOf(login),
    user: login.username,
    password: login.password,
    ...(login.database === undefined ? {} : { database: login.database }),
    ...(ssl === undefined ? {} : { ssl: { ...ssl, verifyIdentity: ssl.rejectUnauthorized } }),
    // Files of this machine are not for servers that ask for them.
    flags: ['-LOCAL_FILES'],
    connectTimeout: 0,
    rowsAsArray: true,
    typeCast: cellOf,
  });
  // Told to whoever asks next; without a listener it would end the process.
  connection.on('error', () => undefined);
  const connected = new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error === null ? resolve() : reject(error)));
  });
  try {
    await socket.during(() => connected, signal);
  } catch (error) {
    socket.close();
    throw faultOf(error, login, signal);
  }
  return { connection, socket };
}

/** Makes the session one that reads, tells times in UTC and ends statements by itself. */
async function prepare(
  { socket }: Session,
  { statementTimeoutMs }: SqlLogin,
  ask: (sql: string) => Promise<SqlRows>,
): Promise<void> {
  try {
    await ask('SET SESSION TRANSACTION READ ONLY');
    // Backslashes escape in parameters.
    await ask("SET SESSION time_zone = '+00:00', sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', '')");
    const [row] = (await ask("SHOW VARIABLES WHERE Variable_name IN ('max_statement_time', 'max_execution_time')"))
      .rows;
    const isMariadb = row?.[0] === 'max_statement_time';
    if (isMariadb) await ask(`SET SESSION max_statement_time = ${statementTimeoutMs / 1_000}`);
    else if (row !== undefined) await ask(`SET SESSION max_execution_time = ${Math.ceil(statementTimeoutMs)}`);
  } catch (error) {
    socket.close();
    throw error;
  }
}

/** Ends what runs on a connection, over another one. */
async function killQuery(sockets: SocketSource, login: SqlLogin, threadId: number): Promise<void> {
  const signal = AbortSignal.timeout(CANCEL_MS);
  const { connection, socket } = await connect(sockets, login, signal);
  const kill = { sql: `KILL QUERY ${threadId}`, parameters: [], maxRows: 0 };
  await socket.during(() => readRows(connection, kill, () => undefined), signal).finally(() => socket.close());
}

/** What errors of the driver and of sockets may say. */
type MysqlFault = Error & {
  readonly code?: string | undefined;
  readonly errno?: number | undefined;
  readonly sqlState?: string | undefined;
  readonly syscall?: string | undefined;
};

/** Answers of the server have an SQL state; other errors are of the connection or of what came over it. */
function faultOf(error: unknown, { address }: SqlLogin, signal: AbortSignal): unknown {
  if (signal.aborted || error instanceof CollectError) return error;
  const { errno = 0, code = '', sqlState, syscall, message: text } = error as MysqlFault;
  const message = `${addressText(address)}: ${text}`;
  if (LOGIN_ERRORS.has(errno)) return new CollectError('auth', message, { cause: error });
  if (sqlState !== undefined) return new CollectError('answer', message, { cause: error });
  const isBroken = code === 'PROTOCOL_CONNECTION_LOST' || code === 'HANDSHAKE_SSL_ERROR' || syscall !== undefined;
  const isProtocol = !isBroken && /^(PROTOCOL|HANDSHAKE|ER_|MALFORMED)/.test(code);
  return new CollectError(isProtocol ? 'protocol' : 'unreachable', message, { cause: error });
}
