import { createHash, randomBytes } from 'node:crypto';

export type DigestRequest = {
  readonly method: string;
  /** Path and query. */
  readonly uri: string;
  readonly username: string;
  readonly password: string;
};

type Challenge = Readonly<Record<string, string>>;

const ALGORITHMS: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' };

/**
 * The `Authorization` header that answers a `WWW-Authenticate: Digest` challenge (RFC 7616 §3.4, qop `auth` or none);
 * undefined when the challenge is another one. `cnonce` is for tests.
 */
export function digestAuthorization(
  header: string,
  request: DigestRequest,
  cnonce = randomBytes(8).toString('hex'),
): string | undefined {
  const challenge = parseChallenge(header);
  const { realm = '', nonce = '', qop, opaque, algorithm = 'MD5' } = challenge ?? {};
  const isSession = algorithm.toUpperCase().endsWith('-SESS');
  const hash = ALGORITHMS[algorithm.toUpperCase().replace(/-SESS$/, '')];
  const offersAuth = qop === undefined || qop.split(',').some((one) => one.trim() === 'auth');
  if (challenge === undefined || hash === undefined || nonce === '' || !offersAuth) return undefined;
  const digest = (text: string): string => createHash(hash).update(text).digest('hex');
  const { method, uri, username, password } = request;
  const user = digest(`${username}:${realm}:${password}`);
  const secret = isSession ? digest(`${user}:${nonce}:${cnonce}`) : user;
  const what = digest(`${method}:${uri}`);
  const count = '00000001';
  const middle = qop === undefined ? nonce : `${nonce}:${count}:${cnonce}:auth`;
  const parts = [
    ...[`username="${username}"`, `realm="${realm}"`, `nonce="${nonce}"`, `uri="${uri}"`],
    `response="${digest(`${secret}:${middle}:${what}`)}"`,
    `algorithm=${algorithm}`,
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(qop === undefined ? [] : ['qop=auth', `nc=${count}`, `cnonce="${cnonce}"`]),
  ];
  return `Digest ${parts.join(', ')}`;
}

function parseChallenge(header: string): Challenge | undefined {
  const text = /(?:^|,)\s*Digest\s+(.*)$/is.exec(header)?.[1];
  if (text === undefined) return undefined;
  const pairs = text.matchAll(/([a-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gi);
  return Object.fromEntries(
    [...pairs].map(([, name = '', quoted, plain = '']) => [name.toLowerCase(), quoted ?? plain]),
  );
}
