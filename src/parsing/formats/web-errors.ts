import { severityOf } from '#core/model/log-severity.ts';
import { nameIn } from '#parsing/field-names.ts';
import type { LogFormat } from '#parsing/log-format.ts';
import { putEndpoint } from './address.ts';

const APACHE = /^\] (?:\[(?:([\w-]*):)?(\w+)\] )?(?:\[pid (\d+)(?::tid (\d+))?\] )?/;

/** Apache httpd's error log, 2.2 and 2.4. */
export const apacheError: LogFormat = {
  id: 'apache-error',
  read: (text, draft, { times, now }) => {
    if (text.charCodeAt(0) !== 91) return false;
    const t = times.read(text, 1, now);
    if (Number.isNaN(t)) return false;
    const start = times.end;
    const match = APACHE.exec(text.slice(start, start + 200));
    const [head = '', module, level = '', pid, tid] = match ?? [];
    // httpd writes its levels small: `[2020-01-20 01:32:00,705] [ERROR]` is of log4j.
    if (match === null || level === '' || level !== level.toLowerCase() || severityOf(level) === 0) return false;
    draft.t = t;
    draft.service ||= 'apache';
    draft.severity = severityOf(level);
    draft.put('log.level', level);
    draft.put('apache.error.module', module);
    draft.put('process.pid', pid);
    draft.put('process.thread.id', tid);
    let body = text.slice(start + head.length);
    const client = /^(?:\([^)]*\)[^[]*)?\[client ([^\]]+)\] /.exec(body.slice(0, 300));
    if (client !== null) {
      putEndpoint(draft, 'source', client[1] ?? '');
      body = client[0].startsWith('[') ? body.slice(client[0].length) : body;
    }
    draft.put('error.code', /\bAH\d{5}\b/.exec(body.slice(0, 200))?.[0]);
    draft.put('file.path', /^File does not exist: ([^,]+)/.exec(body.slice(0, 1_000))?.[1]);
    putModSecurity(body, (name, value) => draft.put(name, value));
    draft.body = body;
    return true;
  },
};

/** ModSecurity's message within the error logs: `ModSecurity: … [id "942100"] [msg "…"] [severity "CRITICAL"] …`. */
export function putModSecurity(body: string, put: (name: string, value: string) => void): void {
  const start = body.indexOf('ModSecurity:');
  if (start < 0) return;
  for (const [, name = '', value = ''] of body
    .slice(start, start + 16_384)
    .matchAll(/\[(\w+) "((?:[^"\\]|\\.)*)"\]/g)) {
    put(name === 'tag' ? 'modsecurity.tag' : (nameIn(MODSECURITY, name) ?? `modsecurity.${name}`), value);
  }
  put('event.action', /ModSecurity: (Access denied|Warning)/.exec(body.slice(start, start + 40))?.[1] ?? '');
}

const MODSECURITY: Readonly<Record<string, string>> = {
  id: 'rule.id',
  msg: 'rule.name',
  hostname: 'destination.domain',
  uri: 'url.path',
  unique_id: 'http.request.id',
  file: 'rule.file',
}; // prettier-ignore

const NGINX = /^ \[(\w+)\] (\d+)#(\d+): (?:\*(\d+) )?/;

/** nginx' error log. */
export const nginxError: LogFormat = {
  id: 'nginx-error',
  read: (text, draft, { times, now }) => {
    const t = times.read(text, 0, now);
    if (Number.isNaN(t)) return false;
    const match = NGINX.exec(text.slice(times.end, times.end + 80));
    if (match === null) return false;
    const [head, level = '', pid, tid, connection] = match;
    draft.t = t;
    draft.service ||= 'nginx';
    draft.severity = severityOf(level);
    draft.body = text.slice(times.end + head.length);
    draft.put('log.level', level);
    draft.put('process.pid', pid);
    draft.put('process.thread.id', tid);
    draft.put('nginx.error.connection_id', connection);
    putParts(draft.body.slice(-4_096), (name, value) => draft.put(name, value));
    putModSecurity(draft.body, (name, value) => draft.put(name, value));
    return true;
  },
};

const PARTS: Readonly<Record<string, string>> = {
  client: 'source.ip',
  server: 'server.address',
  host: 'destination.domain',
  referrer: 'http.request.referrer',
  upstream: 'nginx.error.upstream',
  request: 'http.request.line',
}; // prettier-ignore

/** `, client: 1.2.3.4, server: a, request: "GET / HTTP/1.1", upstream: "…", host: "b"`. */
function putParts(text: string, put: (name: string, value: string) => void): void {
  const parts = /, (client|server|request|upstream|host|referrer): (?:"((?:[^"\\]|\\.)*)"|([^,]*))/g;
  for (const [, name = '', quoted, bare] of text.matchAll(parts))
    put(nameIn(PARTS, name) ?? name, quoted ?? bare ?? '');
}
