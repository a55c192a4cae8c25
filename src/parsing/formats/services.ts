import { severityOf } from '#core/model/log-severity.ts';
import { nameIn } from '#parsing/field-names.ts';
import type { LogFormat } from '#parsing/log-format.ts';
import { putAddress, putEndpoint } from './address.ts';
import { putStatus, putUrl } from './http-request.ts';

const NATS = /^ \[([A-Z]{3})\] (?:([\da-fA-F.:[\]]+):(\d+) - (?:\w+)id:(\d+) - )?/;
const NATS_LEVELS: Readonly<Record<string, string>> = {
  INF: 'info',
  DBG: 'debug',
  TRC: 'trace',
  WRN: 'warning',
  ERR: 'error',
  FTL: 'fatal',
};
const NATS_TYPES: Readonly<Record<string, string>> = {
  CONNECT: 'connection',
  SUB: 'subscribe',
  PUB: 'publish',
  MSG: 'message',
  PING: 'ping',
  PONG: 'pong',
  UNSUB: 'unsubscribe',
  INFO: 'information',
  '-ERR': 'error',
  '+OK': 'ok',
  HPUB: 'publish',
  HMSG: 'message',
}; // prettier-ignore

/** The NATS server's log with the operations of its trace level. */
export const nats: LogFormat = {
  id: 'nats',
  read: (text, draft, { times, now }) => {
    const pid = /^\[(\d+)\] /.exec(text.slice(0, 16));
    const t = pid === null ? Number.NaN : times.read(text, pid[0].length, now);
    const match = Number.isNaN(t) ? null : NATS.exec(text.slice(times.end, times.end + 120));
    if (match === null) return false;
    const [head, level = '', ip, port, client] = match;
    draft.t = t;
    draft.service ||= 'nats';
    draft.severity = severityOf(nameIn(NATS_LEVELS, level) ?? level);
    draft.put('log.level', nameIn(NATS_LEVELS, level) ?? level);
    draft.put('process.pid', pid?.[1]);
    draft.put('client.ip', ip);
    draft.put('client.port', port);
    draft.put('nats.client.id', client);
    draft.body = text.slice(times.end + head.length);
    const operation = /^(->>|<<-) \[(\S+?)(?: ([\s\S]*))?\]$/.exec(draft.body.slice(0, 8_192));
    if (operation === null) return true;
    const [, arrow, verb = '', rest = ''] = operation;
    draft.put('network.direction', arrow === '->>' ? 'outbound' : 'inbound');
    draft.put('nats.msg.type', nameIn(NATS_TYPES, verb) ?? verb.toLowerCase());
    putOperation(verb, rest, (name, value) => draft.put(name, value));
    if (rest.startsWith('{')) draft.body = rest;
    return true;
  },
};

function putOperation(verb: string, rest: string, put: (name: string, value: string | undefined) => void): void {
  const words = rest.split(/ +/);
  if (verb !== 'SUB' && verb !== 'PUB' && verb !== 'MSG') return;
  put('nats.msg.subject', words[0]);
  if (verb === 'SUB') return put('nats.msg.sid', words.at(-1));
  put('nats.msg.bytes', words.at(-1));
  if (verb === 'MSG') put('nats.msg.sid', words[1]);
  const reply = verb === 'MSG' ? words[2] : words[1];
  if (words.length > (verb === 'MSG' ? 3 : 2)) put('nats.msg.reply_to', reply);
}

const ICINGA = /^(critical|warning|information|notice|debug)\/([\w:]+): /;

/** Icinga 2's main, debug and startup logs. */
export const icinga: LogFormat = {
  id: 'icinga',
  read: (text, draft, { times, now }) => {
    const isTimed = text.charCodeAt(0) === 91;
    const t = isTimed ? times.read(text, 1, now) : Number.NaN;
    const start = isTimed ? times.end + 2 : 0;
    const match = isTimed && Number.isNaN(t) ? null : ICINGA.exec(text.slice(start, start + 120));
    if (match === null) return false;
    if (isTimed) draft.t = t;
    draft.service ||= 'icinga2';
    draft.severity = severityOf(match[1] ?? '');
    draft.put('log.level', match[1]);
    draft.put('icinga.facility', match[2]);
    draft.body = text.slice(start + match[0].length);
    return true;
  },
};

const SQUID = /^ +(\d+) (\S+) ([A-Z_]+)\/(\d{3}) (\d+) ([A-Z_]+) (\S+) (\S+) ([A-Z_]+)\/(\S+) (\S+)/;

/** Squid's native access log. */
export const squid: LogFormat = {
  id: 'squid',
  read: (text, draft, { times, now }) => {
    const t = times.read(text, 0, now);
    const match = Number.isNaN(t) ? null : SQUID.exec(text.slice(times.end, times.end + 10_000));
    if (match === null) return false;
    const [, ms, client = '', result, status = '', bytes, method, url = '', user, hierarchy, server = '', type] = match;
    if (!putStatus(draft, status)) draft.put('http.response.status_code', status);
    draft.t = t;
    draft.service ||= 'squid';
    draft.put('http.server.request.duration', String(Number(ms) / 1000));
    putAddress(draft, 'source', client);
    draft.put('event.action', result);
    draft.put('http.response.bytes', bytes);
    draft.put('http.request.method', method);
    putUrl(draft, url);
    draft.put('user.name', user);
    draft.put('squid.hierarchy_code', hierarchy);
    putAddress(draft, 'destination', server);
    draft.put('http.response.mime_type', type);
    return true;
  },
};

const NAGIOS = /^\[(\d{9,10})\] ([A-Z][A-Z ]+): (.*)$/s;

/** The log of Nagios and Centreon: `[epoch] SERVICE ALERT: host;service;CRITICAL;HARD;3;text`. */
export const nagios: LogFormat = {
  id: 'nagios',
  read: (text, draft) => {
    const match = NAGIOS.exec(text.slice(0, 16_384));
    if (match === null) return false;
    const [, epoch, type = '', rest = ''] = match;
    const parts = rest.split(';');
    const isService = type.includes('SERVICE');
    draft.t = Number(epoch) * 1000;
    draft.service ||= 'nagios';
    draft.body = `${type}: ${rest}`;
    draft.put('event.action', type.toLowerCase());
    const names = type.endsWith('NOTIFICATION') ? ['nagios.contact'] : [];
    if (/ALERT|STATE|NOTIFICATION|FLAPPING|DOWNTIME/.test(type))
      names.push('nagios.host', ...(isService ? ['nagios.service'] : []), 'nagios.state');
    names.forEach((name, i) => draft.put(name, parts[i]));
    const state = draft.get('nagios.state') ?? '';
    draft.severity = /CRITICAL|DOWN/.test(state) ? 17 : /WARNING|UNKNOWN|UNREACHABLE/.test(state) ? 13 : 9;
    putEndpointOf(draft.body, (value) => putEndpoint(draft, 'source', value));
    return true;
  },
};

function putEndpointOf(text: string, put: (value: string) => void): void {
  const address = /\bfrom ((?:\d{1,3}\.){3}\d{1,3})\b/.exec(text.slice(0, 400))?.[1];
  if (address !== undefined) put(address);
}
