import type { SecureContextOptions } from 'node:tls';
import type { TlsSettings } from '#core/plugin/target-context.ts';

type TlsOptions = Pick<SecureContextOptions, 'ca'> & { rejectUnauthorized: boolean; servername?: string };

/** Node's options of a target's TLS settings. */
export function tlsOptions({ tlsVerify = true, tlsCa, tlsServerName }: TlsSettings): TlsOptions {
  return {
    rejectUnauthorized: tlsVerify,
    ...(tlsCa === undefined ? {} : { ca: tlsCa }),
    ...(tlsServerName === undefined ? {} : { servername: tlsServerName }),
  };
}
