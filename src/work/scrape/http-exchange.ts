import { readFileSync } from 'node:fs';
import { type Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { TlsConfig } from './http-config.ts';

export type HttpAnswer = {
  readonly status: number;
  readonly statusText: string;
  readonly contentType: string | undefined;
  readonly body: Buffer;
};

export type ExchangeOptions = {
  readonly method?: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: HttpAgent | HttpsAgent;
  readonly signal: AbortSignal;
  readonly body?: string;
};

/**
 * Sends a request without following redirects. A kept connection that the server has closed meanwhile is replaced once.
 */
export async function send(url: URL, options: ExchangeOptions): Promise<IncomingMessage> {
  try {
    return await sendOnce(url, options);
  } catch (error) {
    if (error instanceof StaleConnection) return sendOnce(url, options);
    throw error;
  }
}

class StaleConnection extends Error {}

function sendOnce(url: URL, { body, ...options }: ExchangeOptions): Promise<IncomingMessage> {
  const open = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = open(url, options, resolve);
    request.on('error', (error: NodeJS.ErrnoException) => {
      const isStale = request.reusedSocket && error.code === 'ECONNRESET';
      reject(isStale ? new StaleConnection(error.message, { cause: error }) : error);
    });
    request.end(body);
  });
}

/** Reads the whole answer; throws when its body is larger than `maxBytes` after decompression. */
export async function readAnswer(message: IncomingMessage, maxBytes: number): Promise<HttpAnswer> {
  const { statusCode: status = 0, statusMessage: statusText = '', headers } = message;
  const isGzip = headers['content-encoding']?.toLowerCase() === 'gzip';
  const body = await readBody(isGzip ? gunzipped(message) : message, message, maxBytes);
  return { status, statusText, contentType: headers['content-type'], body };
}

function gunzipped(message: IncomingMessage): Readable {
  const plain = createGunzip();
  message.on('error', (error) => plain.destroy(error));
  return message.pipe(plain);
}

async function readBody(stream: Readable, message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw new Error(`the answer is larger than ${maxBytes} bytes (body_size_limit)`);
      chunks.push(chunk);
    }
  } catch (error) {
    message.destroy();
    throw error;
  }
  return Buffer.concat(chunks, size);
}

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
