import type { TlsSettings } from '#core/plugin/target-context.ts';
import type { SqlParameter, SqlRows } from '#core/sql/sql-rows.ts';
import type { HostPort } from '#core/units/listen-address.ts';

export type SqlQueryOptions = {
  /** Its abort ends the statement on the server too, and closes the connection. */
  readonly signal: AbortSignal;
  readonly parameters?: readonly SqlParameter[];
  /** No more are read; default: {@link MOST_ROWS}. */
  readonly maxRows?: number;
  /**
   * In a read-only transaction of its own that is rolled back: for statements that somebody else has written. Others
   * run as they are, in a session that is read-only.
   */
  readonly isForeign?: boolean;
};

/**
 * A session on a database that reads. Statements run one after the other; they are ended by the server itself after the
 * login's `statementTimeoutMs`. Throws `CollectError`, never with a password in it.
 */
export type SqlConnection = {
  readonly isOpen: () => boolean;
  /** One statement. */
  readonly query: (text: string, options: SqlQueryOptions) => Promise<SqlRows>;
  readonly close: () => void;
};

/** How to log in to a server. */
export type SqlLogin = TlsSettings & {
  readonly address: HostPort;
  readonly username: string;
  /** Resolved. */
  readonly password: string;
  readonly database?: string | undefined;
  readonly tls: boolean;
  readonly statementTimeoutMs: number;
};

/** Of one answer, unless the caller says otherwise. */
export const MOST_ROWS = 100_000;
/** Bytes of one answer. */
export const MOST_BYTES = 16 * 2 ** 20;

/** What the drivers know of TLS. */
export function tlsOf({ tls, tlsVerify = true, tlsCa }: SqlLogin) {
  return tls ? { rejectUnauthorized: tlsVerify, ...(tlsCa === undefined ? {} : { ca: tlsCa }) } : undefined;
}

/** The name that the certificate must hold. */
export const nameOf = ({ tlsServerName, address }: SqlLogin): string => tlsServerName ?? address.host;
