import type { RouteRequest } from '#core/route.ts';
import { PLAIN_COOKIE, SECURE_COOKIE } from './credentials.ts';

const RULES = 'Path=/; HttpOnly; SameSite=Lax';

/** The `set-cookie` that starts a session: `Secure` when the browser came over https. */
export function sessionCookie(secret: string, headers: RouteRequest['headers'], maxAgeMs: number): string {
  const maxAge = `Max-Age=${Math.floor(maxAgeMs / 1_000)}`;
  if (!cameOverHttps(headers)) return `${PLAIN_COOKIE}=${secret}; ${RULES}; ${maxAge}`;
  return `${SECURE_COOKIE}=${secret}; ${RULES}; ${maxAge}; Secure`;
}

/** The `set-cookie`s that forget a session, whichever way it was started. */
export function clearedCookies(): string[] {
  return [`${PLAIN_COOKIE}=; ${RULES}; Max-Age=0`, `${SECURE_COOKIE}=; ${RULES}; Max-Age=0; Secure`];
}

function cameOverHttps(headers: RouteRequest['headers']): boolean {
  const forwarded = textOf(headers['x-forwarded-proto']).split(',')[0]?.trim().toLowerCase();
  return forwarded === 'https' || textOf(headers['origin']).toLowerCase().startsWith('https://');
}

function textOf(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? '';
}
