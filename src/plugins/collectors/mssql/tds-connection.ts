import type { Connection } from 'tedious';
import { messageOf } from '#core/errors.ts';
import { CollectError, type CollectErrorKind } from '#core/plugin/collect-error.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { addressText } from '#core/plugin/target-options.ts';
import { SqlSocket } from '#io/sql/sql-socket.ts';
import { addressOf, type MssqlConfig } from './config.ts';
import type { MssqlRow } from './parse.ts';

/** A login on a SQL Server that reads; statements run one after the other. Throws `CollectError`. */
export type TdsConnection = {
  readonly isOpen: () => boolean;
  readonly query: (text: string, signal: AbortSignal) => Promise<readonly MssqlRow[]>;
  readonly close: () => void;
};

/** First byte of every packet that a server sends (MS-TDS 2.2.3.1.1); one alone is too few to tell. */
const REPLY = 0x04;
/** Deadlines of requests are ours; a login needs one. */
const NEVER_MS = 0;
const LOGIN_MS = 15_000;

/** Logs in; the driver is loaded when the first is opened. */
export async function openTds(
  config: MssqlConfig,
  context: TargetContext,
  signal: AbortSignal,
): Promise<TdsConnection> {
  const address = addressOf(config);
  const password = await context.secret(config.password);
  const { Connection, Request } = await import('tedious');
  const { socket: raw } = await context.probe.open(address, { signal });
  const socket = new SqlSocket(raw, address, {
    what: 'SQL Server',
    isFine: (bytes) => bytes.length === 1 || bytes[0] === REPLY,
  });
  const tell = (error: unknown): never => {
    if (signal.aborted || error instanceof CollectError) throw error;
    throw new CollectError(kindOf(error), `${addressText(address)}: ${messageOf(error)}`, { cause: error });
  };
  const connection = new Connection(driverOptions(config, { password, connector: async () => raw }));
  // Told to whoever asks; without a listener it would end the process.
  connection.on('error', () => undefined);
  const close = (): void => {
    connection.close();
    socket.close();
  };
  try {
    await socket.during(
      () => connected(connection),
      signal,
      async () => connection.close(),
    );
  } catch (error) {
    close();
    return tell(error);
  }
  return {
    isOpen: () => socket.isOpen,
    close,
    query: (text, runSignal) => socket.during(() => rowsOf(connection, Request, text), runSignal).catch(tell),
  };
}

type Given = { readonly password: string; readonly connector: () => Promise<SqlSocket['socket']> };

function driverOptions(
  config: MssqlConfig,
  { password, connector }: Given,
): ConstructorParameters<typeof Connection>[0] {
  const { username: userName, tls, tlsVerify, tlsCa, tlsServerName } = config;
  const { host, port } = addressOf(config);
  return {
    server: host,
    authentication: { type: 'default', options: { userName, password } },
    options: {
      ...{ port, connector, appName: 'nocmate', readOnlyIntent: true, rowCollectionOnRequestCompletion: false },
      ...{ connectTimeout: LOGIN_MS, requestTimeout: NEVER_MS, encrypt: tls, trustServerCertificate: !tlsVerify },
      ...(tlsServerName === undefined ? {} : { serverName: tlsServerName }),
      ...(tlsCa === undefined ? {} : { cryptoCredentialsDetails: { ca: tlsCa } }),
    },
  };
}

function connected(connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
}

function rowsOf(
  connection: Connection,
  Request: typeof import('tedious').Request,
  text: string,
): Promise<readonly MssqlRow[]> {
  return new Promise((resolve, reject) => {
    const rows: MssqlRow[] = [];
    const request = new Request(text, (error) => (error ? reject(error) : resolve(rows)));
    request.on('row', (columns: readonly { metadata: { colName: string }; value: unknown }[]) => {
      rows.push(Object.fromEntries(columns.map(({ metadata, value }) => [metadata.colName, String(value ?? '')])));
    });
    connection.execSqlBatch(request);
  });
}

/** Errors of the driver have a code; those of the server a number as well. */
function kindOf(error: unknown): CollectErrorKind {
  const { code = '' } = error as { code?: string };
  if (code === 'ELOGIN') return 'auth';
  if (code === 'EREQUEST') return 'answer';
  return code === 'ESOCKET' || code === 'ECONNCLOSED' || code === 'ETIMEOUT' ? 'unreachable' : 'protocol';
}
