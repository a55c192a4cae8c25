import type { LogDraft } from '#parsing/log-draft.ts';
import type { LogFormat } from '#parsing/log-format.ts';
import { putAddress } from './address.ts';

const HEAD = /^(?:.{0,80}?: )?%(?:([A-Z][\w-]*?)-(?:[\w]+-)*?)?([0-7])-(\w+): /;
const SEVERITIES = [24, 21, 18, 17, 13, 10, 9, 5] as const;
const CONNECTION =
  /^(Built|Teardown) (?:(inbound|outbound) )?(\w+) connection (\d+) for (\S+?):([\da-fA-F.:]+)\/(\d+)(?: \([^)]*\))*(?:\([^)]*\))? to (\S+?):([\da-fA-F.:]+)\/(\d+)/;
const DENIED =
  /\b(Deny|Denied|denied|permitted|Permitted|Dropping|Drop|Built|Teardown|requested|discarded)\b(?: (inbound|outbound))? ?(?:protocol )?(tcp|udp|icmp|gre|\d+|TCP|UDP|ICMP|IP)?/;
const SIDE =
  /(?:from |src |to |dst |-> )?(?:([A-Za-z][\w-]*)[:/])?((?:\d{1,3}\.){3}\d{1,3}|[\da-fA-F]*:[\da-fA-F:]+)(?:[/(](\d+)\)?)?/g;

/** Cisco's `%FACILITY-SEVERITY-MNEMONIC: text` of IOS, NX-OS, ASA, FTD and PIX, with the flow that ASA's messages tell of. */
export const cisco: LogFormat = {
  id: 'cisco',
  read: (text, draft) => {
    const at = text.indexOf('%');
    if (at < 0 || at > 80) return false;
    const match = HEAD.exec(text.slice(at, at + 120));
    if (match === null) return false;
    const [head, facility = '', level = '', code] = match;
    draft.service ||= `cisco-${facility.toLowerCase() || 'device'}`;
    draft.severity = SEVERITIES[Number(level)] ?? draft.severity;
    draft.put('cisco.facility', facility);
    draft.put('event.code', code);
    draft.put('log.level', level);
    const rest = text.slice(at + head.length, at + 2_048);
    if (/^(ASA|FTD|PIX|FWSM)$/.test(facility)) readFlow(rest, draft);
    else readDevice(rest, draft);
    return true;
  },
};

function readFlow(text: string, draft: LogDraft): void {
  const connection = CONNECTION.exec(text);
  if (connection !== null) {
    const [, action, direction, transport, id, from, sourceIp = '', sourcePort, to, targetIp = '', targetPort] =
      connection;
    draft.put('event.action', action?.toLowerCase());
    draft.put('network.direction', direction);
    draft.put('network.transport', transport?.toLowerCase());
    draft.put('cisco.connection_id', id);
    putSide(draft, 'source', [from, sourceIp, sourcePort]);
    putSide(draft, 'destination', [to, targetIp, targetPort]);
    draft.put('network.bytes', /\bbytes (\d+)/.exec(text)?.[1]);
    draft.put('event.duration_text', /\bduration ([\d:]+)/.exec(text)?.[1]);
    return;
  }
  const verdict = DENIED.exec(text);
  draft.put('event.action', verdict?.[1]?.toLowerCase());
  draft.put('network.direction', verdict?.[2]);
  draft.put('network.transport', verdict?.[3]?.toLowerCase());
  const sides = [...text.matchAll(SIDE)].slice(0, 2);
  if (sides[0] !== undefined) putSide(draft, 'source', sides[0].slice(1));
  if (sides[1] !== undefined) putSide(draft, 'destination', sides[1].slice(1));
  draft.put('rule.name', /\baccess-(?:group|list) "?([\w-]+)"?/.exec(text)?.[1]);
  draft.put('user.name', /\buser(?:name)?\s*[=:'"]+\s*([\w.\\@-]+)/.exec(text)?.[1]);
}

function putSide(
  draft: LogDraft,
  side: 'source' | 'destination',
  [zone, ip, port]: readonly (string | undefined)[],
): void {
  draft.put(`observer.${side === 'source' ? 'ingress' : 'egress'}.interface.name`, zone);
  putAddress(draft, side, ip ?? '');
  draft.put(`${side}.port`, port);
}

function readDevice(text: string, draft: LogDraft): void {
  draft.put('network.interface.name', /\b[Ii]nterface ([A-Z][\w/.-]+)/.exec(text)?.[1]);
  draft.put('network.interface.state', /changed state to (?:administratively )?(\w+)/.exec(text)?.[1]);
  draft.put('source.ip', /\[Source: ([\d.]+)\]|\bfrom ([\d.]+)\b/.exec(text)?.[1]);
  draft.put('user.name', /\[user: (\S*?)\]|\bby (\w+) on\b/.exec(text)?.[1]);
}
