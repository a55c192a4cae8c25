import type { LogDraft } from '#parsing/log-draft.ts';
import type { LogFormat } from '#parsing/log-format.ts';
import { readAccessExtras } from './access-extras.ts';
import { isIp, putAddress, putEndpoint } from './address.ts';
import { putRequest, putStatus } from './http-request.ts';

/** How far the time may stand from the start: host, clients, user. */
const MAX_PREFIX = 1_024;

/**
 * The access logs of Apache, nginx, Traefik, Jetty, Tomcat …: common, combined, with a virtual host before it, with lists of
 * proxies, with times and more after it. The whole line stays the body.
 */
export const accessLog: LogFormat = {
  id: 'access',
  read: (text, draft, { times, now }) => {
    const open = text.indexOf(' [');
    if (open < 5 || open > MAX_PREFIX) return false;
    const t = times.read(text, open + 2, now);
    const afterTime = times.end;
    if (Number.isNaN(t) || text.charCodeAt(afterTime) !== 93 || text.charCodeAt(afterTime + 2) !== 34) return false;
    if (!readPrefix(text.slice(0, open), draft)) return false;
    const requestEnd = quoteEnd(text, afterTime + 2);
    if (requestEnd < 0 || text.charCodeAt(requestEnd + 1) !== 32) return false;
    const statusEnd = wordEnd(text, requestEnd + 2);
    if (!putStatus(draft, text.slice(requestEnd + 2, statusEnd))) return false;
    draft.t = t;
    putRequest(draft, text.slice(afterTime + 3, requestEnd));
    const bytesEnd = wordEnd(text, statusEnd + 1);
    draft.put('http.response.body.bytes', text.slice(statusEnd + 1, bytesEnd));
    readAgent(text, bytesEnd + 1, draft);
    return true;
  },
};

/** `client ident user`, with `vhost[:port]` or more clients before it. */
function readPrefix(prefix: string, draft: LogDraft): boolean {
  const userAt = prefix.lastIndexOf(' ');
  const identAt = prefix.lastIndexOf(' ', userAt - 1);
  if (userAt < 0 || identAt <= 0) return false;
  const clients = prefix.slice(0, identAt);
  const space = clients.indexOf(' ');
  if (space < 0) putAddress(draft, 'source', clients);
  else if (!readClients(clients, space, draft)) return false;
  draft.put('user.name', prefix.slice(userAt + 1));
  return true;
}

function readClients(clients: string, space: number, draft: LogDraft): boolean {
  const first = clients.slice(0, space);
  const isHost = !first.endsWith(',');
  if (isHost) readHost(first, draft);
  const list = clients.slice(isHost ? space + 1 : 0).split(/,? +|,/);
  if (list.length > 64) return false;
  putAddress(draft, 'source', list[0] ?? '');
  if (list.length > 1) draft.fields.push('network.forwarded_ip', JSON.stringify(list));
  return true;
}

function readHost(host: string, draft: LogDraft): void {
  if (isIp(host) || /^[\d.]+:\d+$/.test(host)) return putEndpoint(draft, 'destination', host);
  const colon = host.indexOf(':');
  draft.put('destination.domain', colon < 0 ? host : host.slice(0, colon));
  if (colon > 0) draft.put('destination.port', host.slice(colon + 1));
}

/** `"referrer" "agent"` and what an installation adds after them. */
function readAgent(text: string, at: number, draft: LogDraft): void {
  if (text.charCodeAt(at) !== 34) return readAccessExtras(text, at, draft);
  const referrerEnd = quoteEnd(text, at);
  if (referrerEnd < 0) return;
  draft.put('http.request.referrer', text.slice(at + 1, referrerEnd));
  const agentAt = referrerEnd + 2;
  if (text.charCodeAt(agentAt) !== 34) return readAccessExtras(text, agentAt, draft);
  const agentEnd = quoteEnd(text, agentAt);
  draft.put('user_agent.original', text.slice(agentAt + 1, agentEnd < 0 ? undefined : agentEnd));
  if (agentEnd > 0 && agentEnd + 2 < text.length) readAccessExtras(text, agentEnd + 2, draft);
}

/** Index of the quote that closes the one at `at`; backslashes escape. -1 without one. */
export function quoteEnd(text: string, at: number): number {
  let close = text.indexOf('"', at + 1);
  while (close > 0 && text.charCodeAt(close - 1) === 92 && text.charCodeAt(close - 2) !== 92)
    close = text.indexOf('"', close + 1);
  return close;
}

/** Index of the space that ends the word at `at`, or of the end. */
export function wordEnd(text: string, at: number): number {
  const end = text.indexOf(' ', at);
  return end < 0 ? text.length : end;
}

/** `[time] client TLSv1.2 cipher "request" bytes`: mod_ssl's request log. */
export const sslRequestLog: LogFormat = {
  id: 'apache-ssl',
  read: (text, draft, { times, now }) => {
    const t = times.read(text, 1, now);
    const match = /^\] (\S+) (-|(?:TLS|SSL)v?[\d.]+) (\S+) "([^"]*)" (\d+|-)$/.exec(text.slice(times.end));
    if (Number.isNaN(t) || match === null) return false;
    const [, client = '', protocol, cipher, request = '', bytes] = match;
    draft.t = t;
    putAddress(draft, 'source', client);
    draft.put('tls.version_protocol', protocol?.startsWith('TLS') === true ? 'tls' : 'ssl');
    draft.put('tls.version', protocol?.replace(/^\D+/, ''));
    draft.put('tls.protocol', protocol);
    draft.put('tls.cipher', cipher);
    putRequest(draft, request);
    draft.put('http.response.body.bytes', bytes);
    return true;
  },
};
