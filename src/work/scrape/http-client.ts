import { Agent as HttpAgent, type IncomingMessage } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { AnswerTooLarge, type HttpAnswer, readAnswer, send } from '#io/http/exchange.ts';
import type { HttpConfig } from './http-config.ts';
import { credentialHeaders } from './http-credentials.ts';
import { createTokenSource } from './oauth2-token.ts';
import { createTlsAgent } from './tls-agent.ts';

/** A request: headers beside those of the configuration; `maxBytes` bounds the body as it is after decompression. */
export type HttpRequest = {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
};

/** GET requests with the credentials, TLS settings and connections of one job. */
export type HttpClient = {
  /** Throws what went wrong, in a sentence without secrets. */
  readonly get: (url: string, request: HttpRequest) => Promise<HttpAnswer>;
  readonly close: () => void;
};

const MOST_REDIRECTS = 3;

/** A client; connections are kept open between requests until `close`. */
export function createHttpClient(config: HttpConfig, now: () => number): HttpClient {
  const token = config.oauth2 === undefined ? undefined : createTokenSource(config.oauth2, now);
  const http = new HttpAgent({ keepAlive: true });
  let https: HttpsAgent | undefined;
  const agentFor = (url: URL): HttpAgent | HttpsAgent =>
    url.protocol === 'https:' ? (https ??= createTlsAgent(config.tls_config)) : http;

  async function get(text: string, request: HttpRequest): Promise<HttpAnswer> {
    const start = new URL(text);
    const secrets = await credentialHeaders(config);
    if (token !== undefined) secrets['Authorization'] = `Bearer ${await token(request.signal)}`;
    let url = start;
    for (let hops = 0; ; hops++) {
      // Credentials are for the host they were written for.
      const headers = url.origin === start.origin ? { ...request.headers, ...secrets } : request.headers;
      const message = await send(url, { headers, agent: agentFor(url), signal: request.signal });
      const next = config.follow_redirects ? redirectOf(message, url) : undefined;
      if (next === undefined) return readAnswer(message, request.maxBytes).catch(nameLimit);
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

function nameLimit(error: unknown): never {
  throw error instanceof AnswerTooLarge ? new Error(`${error.message} (body_size_limit)`, { cause: error }) : error;
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return undefined;
  const url = new URL(headers.location, from);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error(`it was redirected to ${url.protocol}`);
  return url;
}
