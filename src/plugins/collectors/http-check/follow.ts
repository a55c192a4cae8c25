import type { ConnectionFailure } from '#core/plugin/check-failure.ts';
import type { ProbeTool } from '#core/plugin/target-context.ts';
import type { HttpAnswer } from '#io/http/exchange.ts';
import type { HttpCheckConfig } from './config.ts';
import { type Asked, type Measured, requestOnce } from './request.ts';

const REDIRECTS = [301, 302, 303, 307, 308];
/** They ask for the same again, with the same body. */
const KEEPS_METHOD = [307, 308];

export type Reached = { readonly redirects: number } & (
  | { readonly answer: HttpAnswer }
  | { readonly failure: ConnectionFailure | 'redirect' }
);

/** The answer at the end of the redirects that the options allow; each is asked for on a new connection. */
export async function reach(
  probe: ProbeTool,
  config: HttpCheckConfig,
  first: Asked,
  run: { readonly measured: Measured; readonly signal: AbortSignal },
): Promise<Reached> {
  let asked = first;
  for (let redirects = 0; ; redirects++) {
    const answered = await requestOnce(probe, config, asked, run);
    if ('refusal' in answered) return { failure: answered.refusal, redirects };
    const { answer } = answered;
    const isRedirect = REDIRECTS.includes(answer.status) && answer.headers.location !== undefined;
    if (!isRedirect || config.redirects === 0) return { answer, redirects };
    const next = redirects < config.redirects ? redirected(asked, answer) : undefined;
    if (next === undefined) return { failure: 'redirect', redirects };
    asked = next;
  }
}

/** What a redirect asks for; undefined where it leads away from HTTP, or from TLS to none. */
function redirected({ url: from, method, headers, body }: Asked, { status, headers: answered }: HttpAnswer) {
  const target = answered.location ?? '';
  const url = URL.canParse(target, from.href) ? new URL(target, from) : undefined;
  const isHttp = url?.protocol === 'https:' || (url?.protocol === 'http:' && from.protocol === 'http:');
  if (url === undefined || !isHttp) return undefined;
  // What may be secret is for the server that it was given for.
  const kept = url.origin === from.origin ? headers : { 'user-agent': headers['user-agent'] ?? '' };
  if (KEEPS_METHOD.includes(status) || method === 'HEAD') return { url, method, headers: kept, body };
  const { 'content-type': _type, 'content-length': _length, ...withoutBody } = kept as Record<string, string>;
  return { url, method: 'GET', headers: withoutBody, body: undefined };
}
