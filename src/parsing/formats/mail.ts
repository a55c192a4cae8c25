import { nameIn } from '#parsing/field-names.ts';
import type { LogDraft } from '#parsing/log-draft.ts';
import type { LogFormat } from '#parsing/log-format.ts';
import { putEndpoint } from './address.ts';

const QUEUE_ID = /^([0-9A-F]{6,}|[0-9A-Za-z]{12,20}): /;
const CLIENT =
  /^(?:connect|disconnect|lost connection after \w+(?: \([^)]*\))?|timeout after \w+) ?(?:from )?([\w.-]+|unknown)\[([\da-fA-F.:]+)\]/;
const PAIR = /(?:^|, )([a-z-]+)=(<[^>]*>|[^,]*)/g;
const NAMES: Readonly<Record<string, string>> = {
  from: 'email.from.address',
  to: 'email.to.address',
  'message-id': 'email.message_id',
  size: 'email.size',
  status: 'event.outcome',
  relay: 'mail.relay',
  delay: 'mail.delay',
  dsn: 'mail.dsn',
  nrcpt: 'mail.recipients',
  client: 'mail.client',
  orig_to: 'mail.orig_to',
  user: 'user.name',
  rip: 'source.ip',
  lip: 'destination.ip',
  method: 'mail.auth_method',
  session: 'mail.session',
  mpid: 'process.parent.pid',
}; // prettier-ignore

/** Postfix, Exim, Dovecot, sendmail, as messages of syslog. */
export const mail: LogFormat = {
  id: 'mail',
  read: (text, draft, tools, depth) =>
    exim.read(text, draft, tools, depth) || readPairs(text, draft) || readClient(text, draft),
};

function readClient(text: string, draft: LogDraft): boolean {
  const match = CLIENT.exec(text.slice(0, 400));
  if (match === null) return false;
  if (match[1] !== 'unknown') draft.put('source.address', match[1]);
  draft.put('source.ip', match[2]);
  return true;
}

function readPairs(text: string, draft: LogDraft): boolean {
  const id = QUEUE_ID.exec(text.slice(0, 40));
  const dovecot = /^(?:imap|pop3|lmtp|managesieve)(?:-login)?(?:\([^)]*\))?: /.exec(text.slice(0, 200));
  if (id === null && dovecot === null) return false;
  draft.put('mail.queue_id', id?.[1]);
  const rest = text.slice((id ?? dovecot)?.[0].length, 8_192);
  for (const [, name = '', value = ''] of rest.matchAll(PAIR)) {
    const plain = value.startsWith('<') ? value.slice(1, -1) : (value.split(' (')[0] ?? '');
    draft.put(nameIn(NAMES, name) ?? `mail.${name}`, plain);
  }
  const denied = /NOQUEUE|reject: /.test(rest.slice(0, 200)) || /status=(bounced|deferred)/.test(rest);
  if (denied && draft.severity < 13) draft.severity = 13;
  return true;
}

const EXIM =
  /^(?:\[(\d+)\] )?([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) (<=|=>|->|\*\*|==|Completed|>>)(?: (\S+))?/;
const EXIM_HOST = / H=(?:([\w.-]+) )?(?:\(([^)]*)\) )?\[([\da-fA-F.:]+)\](?::(\d+))?/;

/** Exim's main log: `[pid] id <= sender H=host [ip] P=esmtps S=123 id=…`; its own files begin with a time. */
export const exim: LogFormat = {
  id: 'exim',
  read: (text, draft, { times, now }) => {
    const t = times.read(text, 0, now);
    const start = Number.isNaN(t) ? 0 : times.end + 1;
    const match = EXIM.exec(text.slice(start, start + 600));
    if (match === null) return false;
    const [, pid, id, flag, address] = match;
    if (start > 0) draft.t = t;
    draft.service ||= 'exim';
    draft.put('process.pid', pid);
    draft.put('mail.queue_id', id);
    draft.put('mail.flag', flag);
    draft.put(flag === '<=' ? 'email.from.address' : 'email.to.address', address);
    const host = EXIM_HOST.exec(text.slice(start, start + 4_096));
    draft.put('source.address', host?.[1]);
    draft.put('mail.helo', host?.[2]);
    if (host !== null)
      putEndpoint(draft, 'source', host[4] === undefined ? (host[3] ?? '') : `[${host[3] ?? ''}]:${host[4]}`);
    draft.put('network.protocol', / P=(\S+)/.exec(text)?.[1]);
    draft.put('email.size', / S=(\d+)/.exec(text)?.[1]);
    draft.put('email.message_id', / id=(\S+)/.exec(text)?.[1]);
    draft.severity = flag === '**' ? 17 : flag === '==' ? 13 : draft.severity || 9;
    return true;
  },
};
