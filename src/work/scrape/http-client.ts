import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { HttpConfig } from './http-config.ts';

/** A request: headers beside those of the configuration; `maxBytes` bounds the body as it is after decompression. */
export type HttpRequest = {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
};

export type HttpAnswer = {
  readonly status: number;
  readonly statusText: string;
  readonly contentType: string | undefined;
  readonly body: Buffer;
};

/** GET requests with the credentials, TLS settings and connections of one job. */
export type HttpClient = {
  /** Throws what went wrong, in a sentence without secrets. */
  readonly get: (url: string, request: HttpRequest) => Promise<HttpAnswer>;
  readonly close: () => void;
};

const MOST_REDIRECTS = 3;

/** A client; connections are kept open between requests until `close`. */
export function createHttpClient(config: HttpConfig): HttpClient {
  const http = new HttpAgent({ keepAlive: true });
  let https: HttpsAgent | undefined;
  const agentFor = (url: URL): HttpAgent | HttpsAgent =>
    url.protocol === 'https:' ? (https ??= new HttpsAgent({ keepAlive: true, ...tlsOptions(config) })) : http;

  async function get(text: string, request: HttpRequest): Promise<HttpAnswer> {
    const start = new URL(text);
    const secrets = await credentialHeaders(config);
    let url = start;
    for (let hops = 0; ; hops++) {
      // Credentials are for the host they were written for.
      const headers = url.origin === start.origin ? { ...request.headers, ...secrets } : request.headers;
      const message = await send(url, { headers, agent: agentFor(url), signal: request.signal });
      const next = config.follow_redirects ? redirectOf(message, url) : undefined;
      if (next === undefined) return readAnswer(message, request.maxBytes);
      message.destroy();
      if (hops === MOST_REDIRECTS) throw new Error(`it was redirected more than ${MOST_REDIRECTS} times`);
      url = next;
    }
  }

  return {
    get,
    close: () => {
      http.destroy();
      https?.destroy();
    },
  };
}

function send(
  url: URL,
  options: { headers: Readonly<Record<string, string>>; agent: HttpAgent | HttpsAgent; signal: AbortSignal },
): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    request(url, options, resolve).on('error', reject).end();
  });
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return undefined;
  const url = new URL(headers.location, from);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error(`it was redirected to ${url.protocol}`);
  return url;
}

async function readAnswer(message: IncomingMessage, maxBytes: number): Promise<HttpAnswer> {
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

/** Headers of the configuration; files are read each time, so that they may be renewed. */
async function credentialHeaders(config: HttpConfig): Promise<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, secret] of Object.entries(config.headers)) headers[name] = secret.reveal();
  for (const [name, { values, secrets, files }] of Object.entries(config.http_headers)) {
    const read = await Promise.all(files.map(secretFile));
    headers[name] = [...values, ...secrets.map((secret) => secret.reveal()), ...read].join(', ');
  }
  const authorization = await authorizationOf(config);
  if (authorization !== undefined) headers['Authorization'] = authorization;
  return headers;
}

async function authorizationOf(config: HttpConfig): Promise<string | undefined> {
  const { basic_auth: basic, authorization, bearer_token, bearer_token_file } = config;
  if (basic !== undefined) {
    const user = basic.username ?? (basic.username_file === undefined ? '' : await secretFile(basic.username_file));
    const password =
      basic.password?.reveal() ?? (basic.password_file === undefined ? '' : await secretFile(basic.password_file));
    return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }
  const { type = 'Bearer', credentials = bearer_token, credentials_file = bearer_token_file } = authorization ?? {};
  const secret =
    credentials?.reveal() ?? (credentials_file === undefined ? undefined : await secretFile(credentials_file));
  return secret === undefined ? undefined : `${type} ${secret}`;
}

async function secretFile(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trim();
}

function tlsOptions({ tls_config: tls }: HttpConfig) {
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
