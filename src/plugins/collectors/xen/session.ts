import { isJsonObject } from '#core/log-fields/parse-json.ts';
import { CollectError } from '#core/plugin/collect-error.ts';
import { type JsonObject, jsonAnswer } from '#core/plugin/json-answer.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import type { XenConfig } from './config.ts';

const API_VERSION = '1.0';
const ORIGINATOR = 'nocmate';
const CLOSE_LIMIT_MS = 2_000;
/** The session has been ended, by a restart or because it was not used for a day. */
const ENDED = 'SESSION_INVALID';

/** What the management says is wrong: `HOST_IS_SLAVE` and its arguments. */
type Failure = readonly string[];

/** Calls of XAPI under one login, which is given back: logins that are not ended push out those of others. */
export class XenSession {
  readonly #config: XenConfig;
  readonly #context: TargetContext;
  #session: string | undefined;

  constructor(config: XenConfig, context: TargetContext) {
    this.#config = config;
    this.#context = context;
  }

  /** The result of a call under the session. Throws `auth`, `answer`, `protocol`. */
  async call(method: string, signal: AbortSignal, ...params: readonly string[]): Promise<unknown> {
    let answer = await this.#ask(method, [await this.#login(signal), ...params], signal);
    if ('failure' in answer && answer.failure[0] === ENDED) {
      this.#session = undefined;
      answer = await this.#ask(method, [await this.#login(signal), ...params], signal);
    }
    if ('failure' in answer) throw new CollectError('answer', `${method}: ${answer.failure.join(' ')}`);
    return answer.result;
  }

  /** A page of a host of the pool, which knows the session too; the address may be of another host. */
  async page(host: string, path: string, signal: AbortSignal): Promise<string> {
    const url = new URL(path, this.#config.url);
    if (host !== '') url.hostname = host.includes(':') ? `[${host}]` : host;
    const headers = { cookie: `session_id=${await this.#login(signal)}` };
    return this.#context.http.text(url.href, { ...this.#tls(), signal, headers });
  }

  async close(): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    this.#session = undefined;
    await this.#ask('session.logout', [session], AbortSignal.timeout(CLOSE_LIMIT_MS)).catch(() => undefined);
  }

  async #login(signal: AbortSignal): Promise<string> {
    if (this.#session !== undefined) return this.#session;
    const { username, password } = this.#config;
    const params = [username, await this.#context.secret(password), API_VERSION, ORIGINATOR];
    const answer = await this.#ask('session.login_with_password', params, signal);
    if ('failure' in answer) throw refusedLogin(answer.failure);
    if (typeof answer.result !== 'string') throw new CollectError('protocol', 'the answer to the login is no session');
    this.#session = answer.result;
    return answer.result;
  }

  async #ask(
    method: string,
    params: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly result: unknown } | { readonly failure: Failure }> {
    const text = await this.#context.http.text(new URL('/jsonrpc', this.#config.url).href, {
      ...this.#tls(),
      ...{ signal, method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    return readAnswer(jsonAnswer(text, 'answer of XAPI'));
  }

  #tls() {
    const { tlsVerify, tlsCa, tlsServerName } = this.#config;
    return { tlsVerify, tlsCa, tlsServerName };
  }
}

/** In JSON-RPC 2.0 the result itself; older releases wrap it as XML-RPC does. */
function readAnswer({ result, error }: JsonObject): { readonly result: unknown } | { readonly failure: Failure } {
  if (isJsonObject(error)) {
    const { message, data } = error;
    return { failure: [String(message), ...(Array.isArray(data) ? data.map(String) : [])] };
  }
  if (!isJsonObject(result) || result['Status'] === undefined) return { result };
  if (result['Status'] === 'Success') return { result: result['Value'] };
  const { ErrorDescription: said } = result;
  return { failure: Array.isArray(said) ? said.map(String) : ['failed'] };
}

/** The address of the master is not followed: it comes from a host that does not know us. */
function refusedLogin([code = '', ...more]: Failure): CollectError {
  if (code !== 'HOST_IS_SLAVE') return new CollectError('auth', `the login is refused: ${code}`);
  return new CollectError('answer', `this host is not the master of its pool: the master is ${more.join(' ')}`);
}
