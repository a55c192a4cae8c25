import { CollectError } from './collect-error.ts';

/** Why a check did not get to its target, or would not speak to it: few, and the same for every protocol. */
export const CONNECTION_FAILURES = [
  'dns',
  'refused',
  'unreachable',
  'closed',
  'timeout',
  'tls',
  'tls_version',
  'certificate_expired',
  'certificate_untrusted',
  'certificate_name',
  'protocol',
  'too_large',
  'forbidden',
] as const;
export type ConnectionFailure = (typeof CONNECTION_FAILURES)[number];

const BY_CODE: Readonly<Record<string, ConnectionFailure>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EPROTO: 'tls',
};

/**
 * The failure that an error of a connection is; `signal` is that of the run. Throws what is no fault of the target:
 * refused secrets, defects.
 */
export function connectionFailure(error: unknown, signal: AbortSignal): ConnectionFailure {
  if (signal.aborted) return 'timeout';
  if (!(error instanceof CollectError)) throw error;
  const { kind, cause } = error;
  if (kind === 'auth' || kind === 'answer') throw error;
  const code = codeOf(cause);
  if (/^ERR_(SSL|TLS)_/.test(code)) return 'tls';
  return kind === 'unreachable' ? (BY_CODE[code] ?? 'closed') : kind;
}

function codeOf(cause: unknown): string {
  return cause instanceof Error ? String((cause as { code?: unknown }).code ?? '') : '';
}

const CERTIFICATES: Readonly<Record<string, ConnectionFailure>> = {
  CERT_HAS_EXPIRED: 'certificate_expired',
  CERT_NOT_YET_VALID: 'certificate_expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate_name',
  HOSTNAME_MISMATCH: 'certificate_name',
};

/** The failure that a problem of a chain is ({@link TlsFacts}). */
export function certificateFailure(problem: string): ConnectionFailure {
  return CERTIFICATES[problem] ?? 'certificate_untrusted';
}
