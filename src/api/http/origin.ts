import type { IncomingHttpHeaders } from 'node:http';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** True when the request comes from a page of this server, or from no page at all (no `Origin`: a program). */
export function isOwnOrigin(headers: IncomingHttpHeaders): boolean {
  const { origin, host } = headers;
  if (origin === undefined)
    return headers['sec-fetch-site'] === undefined || headers['sec-fetch-site'] !== 'cross-site';
  try {
    return new URL(origin).host === host;
  } catch {
    // `null` and whatever else is no URL: an opaque origin, never ours.
    return false;
  }
}

/** True when a foreign page made the browser send this: it must not act with the browser's session. */
export function isForgery(method: string, headers: IncomingHttpHeaders): boolean {
  return !SAFE_METHODS.has(method) && !isOwnOrigin(headers);
}
