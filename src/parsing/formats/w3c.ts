import { nameIn } from '#parsing/field-names.ts';
import type { LogDraft } from '#parsing/log-draft.ts';
import type { LogFormat } from '#parsing/log-format.ts';
import { putAddress } from './address.ts';
import { putStatus } from './http-request.ts';

const SHAPES: readonly (readonly [columns: readonly string[], isOf: (words: readonly string[]) => boolean])[] = (
  [
    [
      's-sitename s-computername s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs-version cs(User-Agent) cs(Cookie) cs(Referer) cs-host sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken X-Forwarded-For',
      20,
      3,
      8,
    ],
    [
      's-sitename cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Cookie) cs(Referer) cs-host sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken',
      17,
      1,
      6,
    ],
    [
      's-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken X-Forwarded-For',
      13,
      1,
      6,
    ],
    [
      's-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status time-taken',
      12,
      1,
      6,
    ],
    ['c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename', 11, 5, 0],
  ] as const
).map(([text, count, method, client]) => {
  const columns = text.split(' ');
  return [
    columns,
    (words) =>
      words.length >= count &&
      words.length <= columns.length &&
      isMethod(words[method] ?? '') &&
      isAddress(words[client] ?? ''),
  ] as const;
}); // prettier-ignore

const isMethod = (word: string): boolean => word === '-' || /^[A-Za-z][A-Za-z0-9_-]{0,19}$/.test(word);
const isAddress = (word: string): boolean => word === '-' || /^\[?[\da-fA-F]*[.:][\da-fA-F.:]*/.test(word);
const NAMES: Readonly<Record<string, string>> = {
  's-sitename': 'iis.access.site_name',
  's-computername': 'iis.access.server_name',
  'cs-method': 'http.request.method',
  's-port': 'destination.port',
  'cs-username': 'user.name',
  'c-port': 'source.port',
  'cs(Cookie)': 'iis.access.cookie',
  'cs(Referer)': 'http.request.referrer',
  'cs-host': 'destination.domain',
  'sc-substatus': 'iis.access.sub_status',
  'sc-win32-status': 'iis.access.win32_status',
  'sc-bytes': 'http.response.body.bytes',
  'cs-bytes': 'http.request.body.bytes',
  'X-Forwarded-For': 'network.forwarded_ip',
  's-siteid': 'iis.error.site_id',
  's-reason': 'iis.error.reason_phrase',
  's-queuename': 'iis.error.queue_name',
  'cs-uri-query': 'url.query',
}; // prettier-ignore

/**
 * W3C extended logs: IIS' access logs (its default columns and the usual additions) and HTTP.SYS' error log. A parser remembers
 * the `#Fields:` line of its stream, which names other columns.
 */
export function w3cLog(): LogFormat {
  const known = new Map<string, readonly string[]>();
  return {
    id: 'w3c',
    read: (text, draft, { times, now }) => {
      if (text.startsWith('#Fields: ')) {
        if (known.size >= 1_000) known.clear();
        known.set(draft.source, text.slice(9, 2_048).trim().split(/\s+/));
        return true;
      }
      const t = times.read(text, 0, now);
      const end = times.end;
      if (Number.isNaN(t) || text.charCodeAt(end) !== 32 || text.charCodeAt(4) !== 45) return false;
      const words = text.slice(end + 1).split(' ', 64);
      if (words.length < 8) return false;
      const columns = columnsOf(known.get(draft.source), words);
      if (columns === undefined) return false;
      draft.t = t;
      draft.service ||= 'iis';
      columns.forEach((column, i) => putColumn(draft, column, words[i] ?? ''));
      return true;
    },
  };
}

function columnsOf(own: readonly string[] | undefined, words: readonly string[]): readonly string[] | undefined {
  const timed = own?.filter((name) => name !== 'date' && name !== 'time');
  if (timed?.length === words.length) return timed;
  return SHAPES.find(([, isOf]) => isOf(words))?.[0];
}

function putColumn(draft: LogDraft, column: string, value: string): void {
  if (value === '-' || value === '') return;
  switch (column) {
    case 's-ip':
    case 'c-ip': {
      const address = /^\[([^\]]*)\]\(/.exec(value)?.[1] ?? value;
      return putAddress(draft, column === 's-ip' ? 'destination' : 'source', address);
    }
    case 'sc-status':
      if (!putStatus(draft, value)) draft.put('http.response.status_code', value);
      return;
    case 'cs-uri-stem':
    case 'cs-uri':
      return void draft.fields.push('url.original', value, 'url.path', value.split('?')[0] ?? value);
    case 'cs-version':
      return draft.put('http.version', value.replace(/^HTTP\//, ''));
    case 'cs(User-Agent)':
      return draft.put('user_agent.original', value.replaceAll('+', ' '));
    case 'time-taken':
      return draft.put('http.server.request.duration', String(Number(value) / 1000));
    default:
      return draft.put(nameIn(NAMES, column) ?? `w3c.${column}`, value);
  }
}
