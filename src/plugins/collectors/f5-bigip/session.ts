import { CollectError } from '#core/plugin/collect-error.ts';
import type { HttpReply, TargetContext } from '#core/plugin/target-context.ts';
import type { BigIpConfig } from './config.ts';
import { parseAnswer } from './stat-rows.ts';

const UNAUTHORIZED = 401;
/** A user may have about a hundred tokens: one is used as long as it is sure to be good. */
const TOKEN_LIFE_MS = 1_200_000;
const USED_SHARE = 0.8;
const CLOSE_LIMIT_MS = 2_000;

/** Requests under one token of iControl REST. */
export class BigIpSession {
  readonly #config: BigIpConfig;
  readonly #context: TargetContext;
  #token: { readonly text: string; readonly until: number } | undefined;

  constructor(config: BigIpConfig, context: TargetContext) {
    this.#config = config;
    this.#context = context;
  }

  /** The body of a 2xx answer; '{}' for what the device does not have. Throws `auth`, `answer`, `protocol`. */
  async get(path: string, signal: AbortSignal): Promise<string> {
    let reply = await this.#ask(path, signal);
    // Ended by the device before its time: one more login tells whether it is the login.
    if (reply.status === UNAUTHORIZED) {
      this.#token = undefined;
      reply = await this.#ask(path, signal);
    }
    const { status, body } = reply;
    if (status === 404) return '{}';
    if (status === UNAUTHORIZED || status === 403)
      throw new CollectError('auth', `${path}: the device answers ${status}`);
    if (status < 200 || status > 299) throw new CollectError('answer', `${path}: the device answers ${status}`);
    return body.toString();
  }

  /** Gives the token back. */
  async close(): Promise<void> {
    if (this.#token === undefined) return;
    const { text } = this.#token;
    this.#token = undefined;
    const signal = AbortSignal.timeout(CLOSE_LIMIT_MS);
    const options = { ...this.#tls(), signal, method: 'DELETE', headers: { 'x-f5-auth-token': text } } as const;
    await this.#context.http.request(this.#url(`/mgmt/shared/authz/tokens/${text}`), options).catch(() => undefined);
  }

  async #ask(path: string, signal: AbortSignal): Promise<HttpReply> {
    const token = await this.#login(signal);
    return this.#context.http.request(this.#url(path), {
      ...this.#tls(),
      signal,
      headers: { 'x-f5-auth-token': token },
    });
  }

  async #login(signal: AbortSignal): Promise<string> {
    if (this.#token !== undefined && performance.now() < this.#token.until) return this.#token.text;
    await this.close();
    const { username, password, loginProvider } = this.#config;
    const login = { username, password: await this.#context.secret(password), loginProviderName: loginProvider };
    const { status, body } = await this.#context.http.request(this.#url('/mgmt/shared/authn/login'), {
      ...this.#tls(),
      ...{ signal, method: 'POST', body: JSON.stringify(login), headers: { 'content-type': 'application/json' } },
    });
    if (status === UNAUTHORIZED) throw new CollectError('auth', 'the device refuses the login');
    if (status !== 200) throw new CollectError('answer', `the device answers the login with ${status}`);
    const { token } = parseAnswer(body.toString()) as { token?: { token?: unknown } };
    if (typeof token?.token !== 'string') throw new CollectError('protocol', 'the answer to the login holds no token');
    this.#token = { text: token.token, until: performance.now() + USED_SHARE * TOKEN_LIFE_MS };
    return token.token;
  }

  #url(path: string): string {
    return new URL(path, this.#config.url).href;
  }

  #tls() {
    const { tlsVerify, tlsCa, tlsServerName } = this.#config;
    return { tlsVerify, tlsCa, tlsServerName };
  }
}
