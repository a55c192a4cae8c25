import { type CustomTypesConfig, type PoolConfig, types } from 'pg';
import { AppError } from '#core/errors.ts';

/** Where a PostgreSQL server is and how it lets us in. */
export type Connection =
  | { readonly socketDirectory: string; readonly user: string; readonly password: string; readonly database: string }
  | { readonly url: string };

const INT8 = 20;
const TIMESTAMPTZ = 1184;
const CONNECT_MS = 5_000;
const STATEMENT_MS = 30_000;

/** Options of the driver for a connection. `statementTimeoutMs` 0 = no limit. */
export function driverOptions(connection: Connection, statementTimeoutMs = STATEMENT_MS): PoolConfig {
  const place =
    'url' in connection
      ? { connectionString: connection.url, keepAlive: true }
      : {
          host: connection.socketDirectory,
          port: 5432,
          user: connection.user,
          password: connection.password,
          database: connection.database,
        };
  return {
    ...place,
    types: TYPES,
    application_name: 'nocmate',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    // Behind the server's own limit: ends a wait for a server that is stopped or cut off.
    ...(statementTimeoutMs === 0 ? {} : { query_timeout: statementTimeoutMs + CONNECT_MS }),
  };
}

/** int8 as number (refused beyond 2^53), timestamptz as ms since the epoch; numeric stays text. */
const TYPES: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && oid === INT8) return safeInteger;
    if (format !== 'binary' && oid === TIMESTAMPTZ) return epochMs;
    return types.getTypeParser(oid, format ?? 'text');
  },
} as CustomTypesConfig;

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new AppError('internal', `the database holds ${text}: beyond 2^53`);
  return value;
}

function epochMs(text: string): number {
  const parse = types.getTypeParser(TIMESTAMPTZ, 'text') as (value: string) => Date | number;
  return Number(parse(text));
}
