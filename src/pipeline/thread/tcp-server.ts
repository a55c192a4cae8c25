import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { AppError, messageOf } from '#core/errors.ts';
import type { ListenTcp } from './listener.ts';

/** A handshake that takes longer is broken off: its sender holds a place without being counted. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** The server of a listener, not yet bound. Throws `bad_request` when certificate and key cannot be used. */
export async function createTcpServer({ input, tls }: ListenTcp): Promise<Server> {
  if (tls === undefined) return createServer();
  try {
    const [cert, key, ca] = await Promise.all([tls.cert, tls.key, tls.ca].map((file) => file && readFile(file)));
    const isAsked = ca !== undefined;
    return createTlsServer({
      cert,
      key,
      ...(isAsked ? { ca, requestCert: true, rejectUnauthorized: true } : {}),
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    });
  } catch (cause) {
    throw new AppError('bad_request', `${input}: its certificate cannot be used for TLS: ${messageOf(cause)}`, {
      cause,
    });
  }
}
