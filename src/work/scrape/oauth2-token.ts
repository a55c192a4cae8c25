import { Agent } from 'node:http';
import { z } from 'zod';
import { readAnswer, send } from '#io/http/exchange.ts';
import type { OAuth2 } from './http-config.ts';
import { secretFile } from './http-credentials.ts';
import { createTlsAgent } from './tls-agent.ts';

/** Gives a valid access token, asked for when there is none. Throws what went wrong. */
export type TokenSource = (signal: AbortSignal) => Promise<string>;

const TokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().optional() });
const LARGEST_BODY_BYTES = 2 ** 20;
/** A token is replaced so long before it expires, ms. */
const MARGIN_MS = 10_000;

/** Tokens by client credentials (RFC 6749 §4.4). */
export function createTokenSource(config: OAuth2, now: () => number): TokenSource {
  const url = new URL(config.token_url);
  const agent = url.protocol === 'https:' ? createTlsAgent(config.tls_config) : new Agent();
  let token = '';
  let validUntil = 0;

  return async (signal) => {
    if (now() < validUntil) return token;
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', ...(await clientHeaders(config)) };
    const body = formOf(config);
    const message = await send(url, { method: 'POST', headers, agent, signal, body });
    const answer = await readAnswer(message, LARGEST_BODY_BYTES);
    if (answer.status !== 200)
      throw new Error(`the token service returned HTTP status ${answer.status} ${answer.statusText}`);
    const parsed = TokenAnswer.parse(JSON.parse(answer.body.toString('utf8')));
    token = parsed.access_token;
    const { expires_in: seconds } = parsed;
    validUntil = seconds === undefined ? Number.POSITIVE_INFINITY : now() + seconds * 1_000 - MARGIN_MS;
    return token;
  };
}

function formOf({ scopes, endpoint_params }: OAuth2): string {
  const form = new URLSearchParams({ grant_type: 'client_credentials', ...endpoint_params });
  if (scopes.length > 0) form.set('scope', scopes.join(' '));
  return form.toString();
}

/** Identifier and secret are form-encoded first (RFC 6749 §2.3.1). */
async function clientHeaders(config: OAuth2): Promise<Record<string, string>> {
  const file = config.client_secret_file;
  const secret = config.client_secret?.reveal() ?? (file === undefined ? '' : await secretFile(file));
  const pair = `${encodeURIComponent(config.client_id)}:${encodeURIComponent(secret)}`;
  return { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}
