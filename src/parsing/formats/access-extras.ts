import { keyValues } from '#parsing/extract/key-values.ts';
import type { LogDraft } from '#parsing/log-draft.ts';

const DURATION = 'http.server.request.duration';
const INGRESS =
  /^(\d+) ([\d.]+) \[([^\]]*)\] \[([^\]]*)\] (-|[^ ,]+(?:, [^ ,]+)*) (-|[\d, :-]+?) (-|[\d., :-]+?) (-|[\d, :-]+?) (\w+)$/;
const TRAEFIK = /^(\d+|-) "([^"]*)" "([^"]*)" (\d+)ms$/;

/** What stands after the agent: Traefik's and the nginx ingress controller's columns, `key=value` pairs, or a bare duration. */
export function readAccessExtras(text: string, at: number, draft: LogDraft): void {
  const rest = text.slice(at).trim();
  if (rest === '' || rest.length > 8_192) return;
  if (/^[\d.]+$/.test(rest)) return putDuration(draft, rest);
  if (readTraefik(rest, draft) || readIngress(rest, draft)) return;
  if (/^"[^"]*"$/.test(rest)) return draft.put('network.forwarded_ip', rest.slice(1, -1));
  keyValues(rest, { pair: ' ', value: '=' }, (name, value) => {
    if (!/^[A-Za-z][\w.-]{0,63}$/.test(name)) return;
    if (/^(rt|request_time|duration)$/.test(name)) putDuration(draft, value);
    else draft.put(`http.log.${name}`, value);
  });
}

/** Seconds where a decimal point stands (nginx), whole numbers are microseconds (Apache's %D). */
function putDuration(draft: LogDraft, text: string): void {
  if (!/^\d+(\.\d+)?$/.test(text)) return;
  draft.fields.push(DURATION, text.includes('.') ? text : String(Number(text) / 1e6));
}

function readTraefik(rest: string, draft: LogDraft): boolean {
  const match = TRAEFIK.exec(rest);
  if (match === null) return false;
  const [, count, frontend, backend, ms] = match;
  draft.service ||= 'traefik';
  draft.put('traefik.access.request_count', count);
  draft.put('traefik.access.frontend_name', frontend);
  draft.put('traefik.access.backend_url', backend);
  draft.put(DURATION, String(Number(ms) / 1000));
  return true;
}

/** log-format-upstream of the nginx ingress controller. */
function readIngress(rest: string, draft: LogDraft): boolean {
  const match = INGRESS.exec(rest);
  if (match === null) return false;
  const [, length, time, name, alternative, address = '', bytes = '', seconds = '', statuses = '', id] = match;
  const prefix = 'nginx.ingress_controller';
  draft.service ||= 'nginx';
  draft.put(`${prefix}.http.request.length`, length);
  draft.put(DURATION, time);
  draft.put(`${prefix}.upstream.name`, name);
  draft.put(`${prefix}.upstream.alternative_name`, alternative);
  draft.put('http.request.id', id);
  const last = address.split(', ').at(-1) ?? '';
  const colon = last.lastIndexOf(':');
  if (colon > 0) {
    draft.put(`${prefix}.upstream.ip`, last.slice(0, colon));
    draft.put(`${prefix}.upstream.port`, last.slice(colon + 1));
  }
  if (address.includes(',')) draft.put(`${prefix}.upstream_address_list`, JSON.stringify(address.split(', ')));
  putList(draft, `${prefix}.upstream.response.length`, bytes);
  putList(draft, `${prefix}.upstream.response.time`, seconds);
  putList(draft, `${prefix}.upstream.response.status_code`, statuses);
  return true;
}

/** The last of several values, which one per upstream that was tried; all of them as a list. */
function putList(draft: LogDraft, name: string, text: string): void {
  const values = text.split(', ');
  draft.put(name, values.at(-1)?.trim());
  if (values.length > 1) draft.put(`${name}_list`, JSON.stringify(values));
}
