import { once } from 'node:events';
import pg from 'pg';
import { messageOf } from '#core/errors.ts';
import { CollectError, type CollectErrorKind } from '#core/plugin/collect-error.ts';
import { addressText } from '#core/plugin/target-options.ts';
import type { SqlRows } from '#core/sql/sql-rows.ts';
import { withTransactions } from './foreign-statements.ts';
import { readRows } from './postgres-rows.ts';
import { MOST_ROWS, nameOf, type SqlConnection, type SqlLogin, tlsOf } from './sql-connection.ts';
import { type Greeting, type SocketSource, SqlSocket } from './sql-socket.ts';

/** Messages that may answer the login: a request for a password, an error, a notice. One byte tells whether TLS is spoken. */
const FIRST_MESSAGES = 'RENv';
const GREETING: Greeting = {
  what: 'PostgreSQL',
  isFine: (bytes) => bytes.length === 1 || FIRST_MESSAGES.includes(String.fromCharCode(bytes[0] ?? 0)),
};
/** The longest that the end of a statement on the server is waited for. */
const CANCEL_MS = 2_000;
/** Whoever reads does not queue long behind whoever changes a table: others would queue behind it. */
const LOCK_MS = 3_000;
/** PostgreSQL 18 documentation, "Message Formats": CancelRequest. */
const CANCEL_REQUEST = 80_877_102;

/** What the server gave for cancellations. */
type BackendKey = { readonly processID: number; readonly secretKey: number };

/** Logs in to a PostgreSQL server. Throws `CollectError`. */
export async function openPostgres(
  sockets: SocketSource,
  login: SqlLogin,
  signal: AbortSignal,
): Promise<SqlConnection> {
  const { socket: raw } = await sockets.open(login.address, { signal });
  const socket = new SqlSocket(raw, login.address, GREETING);
  const client = new pg.Client(driverOptions(login, raw));
  // Told to whoever asks next; without a listener it would end the process.
  client.on('error', () => undefined);
  const cancel = (): Promise<void> => cancelQuery(sockets, login, client as unknown as BackendKey);
  const tell = (error: unknown): never => {
    throw faultOf(error, login, signal);
  };
  try {
    await socket.during(() => client.connect(), signal);
  } catch (error) {
    socket.close();
    return tell(error);
  }
  const ask = (text: string, options: Parameters<SqlConnection['query']>[1]): Promise<SqlRows> => {
    const { signal, parameters = [], maxRows = MOST_ROWS } = options;
    const rows = socket.during(() => readRows(client, { text, parameters, maxRows }), signal, cancel);
    return rows.catch((error: unknown) => {
      throw faultOf(error, login, signal);
    });
  };
  const isOpen = (): boolean => socket.isOpen;
  return { isOpen, close: () => socket.close(), query: withTransactions(ask, 'BEGIN READ ONLY', isOpen) };
}

/** All that the driver would else look for in the environment and in files of the user is given. */
function driverOptions(login: SqlLogin, raw: SqlSocket['socket']): pg.ClientConfig {
  const { username: user, password, database = user, statementTimeoutMs } = login;
  const session = {
    default_transaction_read_only: 'on',
    statement_timeout: Math.ceil(statementTimeoutMs),
    lock_timeout: LOCK_MS,
    TimeZone: 'UTC',
    DateStyle: 'ISO',
    bytea_output: 'hex',
  };
  // It is connected already, which drivers do themselves.
  const connected = Object.assign(raw, {
    connect: () => {
      process.nextTick(() => raw.emit('connect'));
      return raw;
    },
  });
  return {
    ...{ host: nameOf(login), port: login.address.port, user, database, application_name: 'nocmate' },
    stream: () => connected,
    // An empty one would be looked for elsewhere.
    password: () => password,
    ssl: tlsOf(login) ?? false,
    sslnegotiation: 'postgres',
    client_encoding: 'UTF8',
    options: Object.entries(session)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    connectionTimeoutMillis: 0,
  };
}

/** Asks the server to end what runs on a connection; resolves when it has taken that. */
async function cancelQuery(sockets: SocketSource, { address }: SqlLogin, key: BackendKey): Promise<void> {
  const signal = AbortSignal.timeout(CANCEL_MS);
  const { socket } = await sockets.open(address, { signal });
  const request = Buffer.alloc(16);
  for (const [i, word] of [16, CANCEL_REQUEST, key.processID, key.secretKey].entries())
    request.writeInt32BE(word, i * 4);
  const closed = once(socket, 'close', { signal });
  socket.end(request).resume();
  await closed.finally(() => socket.destroy());
}

/** Classes of SQL states: a login that is refused; a server that starts, stops or has gone. */
const LOGIN = /^28|^42501/;
const AWAY = /^57P0[1-5]|^08/;

function faultOf(error: unknown, { address }: SqlLogin, signal: AbortSignal): unknown {
  if (signal.aborted || error instanceof CollectError) return error;
  return new CollectError(kindOf(error), `${addressText(address)}: ${messageOf(error)}`, { cause: error });
}

function kindOf(error: unknown): CollectErrorKind {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof pg.DatabaseError) {
    if (LOGIN.test(code)) return 'auth';
    return AWAY.test(code) ? 'unreachable' : 'answer';
  }
  const text = messageOf(error);
  if (/^SASL: .*password/.test(text)) return 'auth';
  return code === '' && /invalid response|unknown|message code|SASL|SSL connections/i.test(text)
    ? 'protocol'
    : 'unreachable';
}
