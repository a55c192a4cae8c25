import type { Credentials } from '#core/api/access.ts';
import { hashSecret } from './secret.ts';

/** What a request presents, with secrets already hashed. */
export type Presented =
  | { readonly kind: 'token'; readonly id: string; readonly hash: string }
  | { readonly kind: 'session'; readonly hash: string };

const TOKEN = /^nocmate_([0-9a-f]{18})_([\w-]{43})$/;
const SESSION = /^[\w-]{43}$/;
/** `__Host-`: only over https, only from this very host, for all paths (RFC 6265bis §4.1.3.2). */
export const SECURE_COOKIE = '__Host-nocmate_session';
export const PLAIN_COOKIE = 'nocmate_session';

/** Text of a token from its parts. */
export const tokenText = (id: string, secret: string): string => `nocmate_${id}_${secret}`;

/**
 * Reads the credentials of a request. A request with an `authorization` header is judged by it alone, so that a wrong
 * token is never covered up by a browser's cookie.
 */
export function readCredentials({ authorization, cookie }: Credentials): Presented | undefined {
  if (authorization !== undefined && authorization !== '') return readToken(authorization);
  const session = readSession(cookie);
  return session === undefined ? undefined : { kind: 'session', hash: hashSecret(session) };
}

/** The session text of a `cookie` header. */
export function readSession(cookie: string | undefined): string | undefined {
  if (cookie === undefined) return undefined;
  const pairs = cookie.split(';').map((pair) => pair.trim());
  for (const name of [SECURE_COOKIE, PLAIN_COOKIE]) {
    const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
    if (value !== undefined && SESSION.test(value)) return value;
  }
  return undefined;
}

function readToken(authorization: string): Presented | undefined {
  const [scheme = '', value = ''] = authorization.trim().split(/\s+/, 2);
  const text = secretOf(scheme.toLowerCase(), value);
  const [, id, secret] = TOKEN.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { kind: 'token', id, hash: hashSecret(secret) };
}

/**
 * InfluxDB's clients send `Token <token>`, those of its first version `Token <user>:<token>`; Splunk's `Splunk <token>`;
 * Elasticsearch's `ApiKey <id and token as for Basic>`.
 */
function secretOf(scheme: string, value: string): string {
  switch (scheme) {
    case 'bearer':
    case 'splunk':
      return value;
    case 'token':
      return value.slice(value.lastIndexOf(':') + 1);
    case 'basic':
    case 'apikey':
      return passwordOf(value);
    default:
      return '';
  }
}

/** RFC 7617: everything behind the first colon; the user name is not looked at. */
function passwordOf(encoded: string): string {
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  return decoded.slice(decoded.indexOf(':') + 1);
}
