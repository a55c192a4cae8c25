import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { CollectError } from '#core/plugin/collect-error.ts';
import type { HttpReply, HttpRequestOptions, HttpTool } from '#core/plugin/target-context.ts';
import { addressOfUrl } from '#core/plugin/target-options.ts';
import { AnswerTooLarge, readAnswer, send } from '#io/http/exchange.ts';
import type { AddressGuard } from './address-guard.ts';
import { digestAuthorization } from './digest-auth.ts';
import { connectionFault } from './fault.ts';
import { tlsOptions } from './tls-options.ts';

type HttpTools = { readonly guard: AddressGuard; readonly secret: (reference: string) => Promise<string> };

const LARGEST_BYTES = 16 * 2 ** 20;
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
/** Of a target at once: plugins ask for several pages side by side. */
const AGENT = { keepAlive: true, maxSockets: 4, maxFreeSockets: 2 };

/** Requests of one target with connections of their own. */
export class HttpRequests implements HttpTool {
  readonly #tools: HttpTools;
  readonly #plain = new HttpAgent(AGENT);
  readonly #secured = new Map<string, HttpsAgent>();

  constructor(tools: HttpTools) {
    this.#tools = tools;
  }

  readonly request = async (text: string, options: HttpRequestOptions): Promise<HttpReply> => {
    const { guard, secret } = this.#tools;
    const url = new URL(text);
    guard.check(addressOfUrl(text).host);
    const first = await this.#exchange(url, options, await knownAuthorization(options, secret));
    const { username, password, auth, method = 'GET' } = options;
    if (first.status !== UNAUTHORIZED || auth !== 'digest' || username === undefined) return first;
    const login = { username, password: password === undefined ? '' : await secret(password) };
    const challenge = [first.headers['www-authenticate'] ?? ''].flat().join(', ');
    const answer = digestAuthorization(challenge, { ...login, method, uri: url.pathname + url.search });
    return answer === undefined ? first : this.#exchange(url, options, answer);
  };

  readonly text = async (url: string, options: HttpRequestOptions): Promise<string> =>
    textOf(url, await this.request(url, options));

  close(): void {
    this.#plain.destroy();
    for (const agent of this.#secured.values()) agent.destroy();
  }

  async #exchange(url: URL, options: HttpRequestOptions, authorization: string | undefined): Promise<HttpReply> {
    const { signal, method = 'GET', body, maxBytes = LARGEST_BYTES } = options;
    const headers = { ...fixedHeaders(body), ...options.headers, ...(authorization && { authorization }) };
    const { lookup } = this.#tools.guard;
    try {
      const message = await send(url, {
        ...{ method, headers, signal, agent: this.#agentFor(url, options) },
        ...(body === undefined ? {} : { body }),
        ...(lookup === undefined ? {} : { lookup }),
      });
      return await readAnswer(message, maxBytes);
    } catch (error) {
      if (error instanceof AnswerTooLarge) throw new CollectError('too_large', `${url.href}: ${error.message}`);
      throw connectionFault(error, url.href, signal);
    }
  }

  #agentFor(url: URL, options: HttpRequestOptions): HttpAgent | HttpsAgent {
    if (url.protocol !== 'https:') return this.#plain;
    const tls = tlsOptions(options);
    const key = JSON.stringify(tls);
    const agent = this.#secured.get(key) ?? new HttpsAgent({ ...AGENT, ...tls });
    this.#secured.set(key, agent);
    return agent;
  }
}

function fixedHeaders(body: string | undefined): Record<string, string> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return { 'user-agent': 'NOCMATE-Rx', 'accept-encoding': 'gzip', ...length };
}

/** What can be sent before the server has asked. */
async function knownAuthorization(
  { username, password, token, auth = 'basic' }: HttpRequestOptions,
  secret: HttpTools['secret'],
): Promise<string | undefined> {
  if (token !== undefined) return `Bearer ${await secret(token)}`;
  if (username === undefined || auth !== 'basic') return undefined;
  const login = `${username}:${password === undefined ? '' : await secret(password)}`;
  return `Basic ${Buffer.from(login).toString('base64')}`;
}

function textOf(url: string, { status, body }: HttpReply): string {
  if (status >= 200 && status < 300) return body.toString('utf8');
  const isRefused = status === UNAUTHORIZED || status === FORBIDDEN;
  throw new CollectError(isRefused ? 'auth' : 'answer', `${url} answered with status ${status}`);
}
