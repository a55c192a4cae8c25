import { readFileSync } from 'node:fs';
import { Agent as HttpsAgent } from 'node:https';
import type { TlsConfig } from './http-config.ts';

/** Connections with the TLS settings; files are read now. */
export function createTlsAgent(tls: TlsConfig): HttpsAgent {
  return new HttpsAgent({ keepAlive: true, ...tlsOptions(tls) });
}

function tlsOptions(tls: TlsConfig) {
  const pem = (text: string | undefined, file: string | undefined): string | undefined =>
    text ?? (file === undefined ? undefined : readFileSync(file, 'utf8'));
  const options = {
    ca: pem(tls.ca, tls.ca_file),
    cert: pem(tls.cert, tls.cert_file),
    key: pem(tls.key?.reveal(), tls.key_file),
    servername: tls.server_name,
    minVersion: tls.min_version,
    maxVersion: tls.max_version,
  };
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...given, rejectUnauthorized: !tls.insecure_skip_verify };
}
