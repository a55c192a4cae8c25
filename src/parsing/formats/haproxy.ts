import type { LogDraft } from '#parsing/log-draft.ts';
import type { LogFormat } from '#parsing/log-format.ts';
import { putEndpoint } from './address.ts';
import { putRequest, putStatus } from './http-request.ts';

const ROUTE = /^\] (\S+) ([^\s/]+)\/(\S+) (?:([^\s/]+) )?/;
const HTTP =
  /^([+-]?\d+)\/([+-]?\d+)\/([+-]?\d+)\/([+-]?\d+)\/([+-]?\d+) (-?\d+) ([+-]?\d+) (\S+) (\S+) (\S{4}) (\d+)\/(\d+)\/(\d+)\/(\d+)\/(\+?\d+) (\d+)\/(\d+) ?/;
const TCP = /^([+-]?\d+)\/([+-]?\d+)\/([+-]?\d+) ([+-]?\d+) (\S{2}) (\d+)\/(\d+)\/(\d+)\/(\d+)\/(\+?\d+) (\d+)\/(\d+)/;
const HTTP_FIELDS = [
  'http.request.time_wait_ms',
  'total_waiting_time_ms',
  'connection_wait_time_ms',
  'http.request.time_wait_without_data_ms',
  'total_time_ms',
  '',
  'bytes_read',
  'http.request.captured_cookie',
  'http.response.captured_cookie',
  'termination_state',
  'connections.active',
  'connections.frontend',
  'connections.backend',
  'connections.server',
  'connections.retries',
  'server_queue',
  'backend_queue',
]; // prettier-ignore
const TCP_FIELDS = [
  'total_waiting_time_ms',
  'connection_wait_time_ms',
  'total_time_ms',
  'bytes_read',
  'termination_state',
  'connections.active',
  'connections.frontend',
  'connections.backend',
  'connections.server',
  'connections.retries',
  'server_queue',
  'backend_queue',
]; // prettier-ignore

/** HAProxy's HTTP and TCP logs (1.5–2.x) and its connection notices, as they stand in a syslog message. */
export const haproxy: LogFormat = {
  id: 'haproxy',
  read: (text, draft, tools) => {
    const open = text.indexOf(' [');
    if (open < 3 || open > 80) return readConnect(text, draft);
    const t = tools.times.read(text, open + 2, tools.now);
    const route = Number.isNaN(t) ? null : ROUTE.exec(text.slice(tools.times.end, tools.times.end + 1_024));
    if (route === null) return false;
    const [head, frontend, backend, server, domain] = route;
    const rest = text.slice(tools.times.end + head.length);
    const http = HTTP.exec(rest.slice(0, 2_048));
    const tcp = http === null ? TCP.exec(rest.slice(0, 1_024)) : null;
    if (http === null && tcp === null) return false;
    draft.t = t;
    draft.service ||= 'haproxy';
    draft.put('haproxy.frontend_name', frontend);
    draft.put('haproxy.backend_name', backend);
    draft.put('haproxy.server_name', server);
    draft.put('destination.domain', domain);
    putEndpoint(draft, 'source', text.slice(0, open));
    if (http !== null) readHttp(http, rest, draft);
    else if (tcp !== null) putAll(draft, TCP_FIELDS, tcp);
    return true;
  },
};

function putAll(draft: LogDraft, names: readonly string[], match: readonly string[]): void {
  names.forEach((name, i) => name !== '' && draft.put(`haproxy.${name}`, match[i + 1]));
}

function readHttp(match: RegExpExecArray, rest: string, draft: LogDraft): void {
  if (!putStatus(draft, match[6] ?? '')) draft.put('http.response.status_code', match[6]);
  putAll(draft, HTTP_FIELDS, match);
  const total = Number(match[5]);
  if (total >= 0) draft.put('http.server.request.duration', String(total / 1000));
  const tail = rest.slice(match[0].length);
  const quote = tail.indexOf('"');
  const captured = tail.slice(0, Math.max(quote, 0)).match(/\{[^}]*\}/g) ?? [];
  if (captured.length > 1) draft.put('haproxy.http.request.captured_headers', headers(captured[0]));
  const last = captured.at(-1);
  if (last !== undefined) {
    const side = captured.length > 1 ? 'response' : 'request';
    draft.put(`haproxy.http.${side}.captured_headers`, headers(last));
  }
  if (quote < 0) return;
  const end = tail.lastIndexOf('"');
  putRequest(draft, tail.slice(quote + 1, end > quote ? end : undefined));
}

function headers(text: string | undefined): string {
  return JSON.stringify((text ?? '').slice(1, -1).split('|').filter(Boolean));
}

const CONNECT = /^Connect from (\S+) to (\S+) \(([^/)]+)\/(\w+)\)/;

function readConnect(text: string, draft: LogDraft): boolean {
  const match = CONNECT.exec(text.slice(0, 400));
  if (match === null) return false;
  draft.service ||= 'haproxy';
  putEndpoint(draft, 'source', match[1] ?? '');
  putEndpoint(draft, 'destination', match[2] ?? '');
  draft.put('haproxy.frontend_name', match[3]);
  draft.put('haproxy.mode', match[4]);
  return true;
}
