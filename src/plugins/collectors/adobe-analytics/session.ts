import { CollectError } from '#core/plugin/collect-error.ts';
import { jsonAnswer, jsonAt, jsonItems, jsonText } from '#core/plugin/json-answer.ts';
import type { HttpReply, TargetContext } from '#core/plugin/target-context.ts';
import { type AdobeConfig, tokenUrl } from './config.ts';

const UNAUTHORIZED = 401;
const TOO_MANY = 429;
/** Of the life of a token, a day. */
const USED_SHARE = 0.8;
const LIFE_S = 3_600;
const MS = 1_000;

/** Requests to Adobe under one token of an OAuth server-to-server credential. */
export class AdobeSession {
  readonly #config: AdobeConfig;
  readonly #context: TargetContext;
  #token: { readonly text: string; readonly until: number } | undefined;
  #company: string;

  constructor(config: AdobeConfig, context: TargetContext) {
    this.#config = config;
    this.#context = context;
    this.#company = config.companyId;
  }

  /** A report of the company (`reports`, `reports/realtime`). Throws `auth`, `answer`, `protocol`. */
  async report(path: string, request: unknown, signal: AbortSignal): Promise<string> {
    if (this.#company === '') this.#company = await this.#firstCompany(signal);
    const reply = await this.#ask(`/api/${encodeURIComponent(this.#company)}/${path}`, signal, JSON.stringify(request));
    return textOf(reply, path);
  }

  async #firstCompany(signal: AbortSignal): Promise<string> {
    const me = jsonAnswer(
      textOf(await this.#ask('/discovery/me', signal), 'discovery/me'),
      'answer of Adobe Analytics',
    );
    const [company] = jsonItems(me, 'imsOrgs').flatMap((org) => jsonItems(org, 'companies'));
    const id = company === undefined ? '' : jsonText(company, 'globalCompanyId');
    if (id === '') throw new CollectError('answer', 'the credential may see no company of Adobe Analytics');
    return id;
  }

  async #ask(path: string, signal: AbortSignal, body?: string): Promise<HttpReply> {
    const reply = await this.#request(path, signal, body);
    // Ended before its time: one more tells whether it is the credential.
    if (reply.status !== UNAUTHORIZED) return reply;
    this.#token = undefined;
    return this.#request(path, signal, body);
  }

  async #request(path: string, signal: AbortSignal, body: string | undefined): Promise<HttpReply> {
    const headers = {
      authorization: `Bearer ${await this.#login(signal)}`,
      'x-api-key': this.#config.clientId,
      accept: 'application/json',
    };
    const url = new URL(path, this.#config.url).href;
    if (body === undefined) return this.#context.http.request(url, { ...this.#tls(), signal, headers });
    const typed = { ...headers, 'content-type': 'application/json' };
    return this.#context.http.request(url, { ...this.#tls(), signal, headers: typed, method: 'POST', body });
  }

  async #login(signal: AbortSignal): Promise<string> {
    if (this.#token !== undefined && performance.now() < this.#token.until) return this.#token.text;
    const { clientId, clientSecret, scope } = this.#config;
    const form = new URLSearchParams({
      ...{ grant_type: 'client_credentials', client_id: clientId, scope },
      client_secret: await this.#context.secret(clientSecret),
    });
    const reply = await this.#context.http.request(tokenUrl(this.#config), {
      ...this.#tls(),
      ...{ signal, method: 'POST', body: form.toString() },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    if (reply.status === 400 || reply.status === UNAUTHORIZED)
      throw new CollectError('auth', `Adobe refuses the credential: ${reply.status}`);
    const answer = jsonAnswer(textOf(reply, 'the token'), 'token of Adobe');
    const text = jsonText(answer, 'access_token');
    if (text === '') throw new CollectError('protocol', 'the answer to the login holds no token');
    const life = Number(jsonAt(answer, 'expires_in') ?? LIFE_S);
    this.#token = { text, until: performance.now() + life * USED_SHARE * MS };
    return text;
  }

  #tls() {
    const { tlsVerify, tlsCa, tlsServerName } = this.#config;
    return { tlsVerify, tlsCa, tlsServerName };
  }
}

/** 206 says that some columns failed; the others are there. */
function textOf({ status, body }: HttpReply, what: string): string {
  if (status === UNAUTHORIZED || status === 403) throw new CollectError('auth', `${what}: Adobe answers ${status}`);
  if (status === TOO_MANY) throw new CollectError('answer', `${what}: too many requests; they are counted by user`);
  if (status < 200 || status > 299) throw new CollectError('answer', `${what}: Adobe answers ${status}`);
  return body.toString();
}
