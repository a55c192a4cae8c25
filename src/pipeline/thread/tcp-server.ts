import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { AppError, messageOf } from '#core/errors.ts';
import type { ListenTcp } from './listener.ts';

/** A handshake that takes longer is broken off: its sender holds a place without being counted. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/**
 * The server of a listener, not yet bound; connections without TLS are for `readInPlace`. Throws `bad_request` when
 * certificate and key cannot be used.
 */
export async function createTcpServer({ input, tls }: ListenTcp): Promise<Server> {
  if (tls === undefined) return createServer({ pauseOnConnect: true });
  try {
    const [cert, key] = await Promise.all([readFile(tls.cert), readFile(tls.key)]);
    return createTlsServer({
      cert,
      key,
      ...(tls.ca === undefined ? {} : { ca: await readFile(tls.ca), requestCert: true, rejectUnauthorized: true }),
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    });
  } catch (cause) {
    throw new AppError('bad_request', `${input}: its certificate cannot be used for TLS: ${messageOf(cause)}`, {
      cause,
    });
  }
}
