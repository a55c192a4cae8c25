import { keyValues } from '#parsing/extract/key-values.ts';
import { nameIn } from '#parsing/field-names.ts';
import type { LogDraft } from '#parsing/log-draft.ts';
import type { LogFormat } from '#parsing/log-format.ts';

const UPTIME = /^\[ *\d+\.\d+\] /;
const NAMES: Readonly<Record<string, string>> = {
  IN: 'observer.ingress.interface.name',
  OUT: 'observer.egress.interface.name',
  SRC: 'source.ip',
  DST: 'destination.ip',
  SPT: 'source.port',
  DPT: 'destination.port',
  PROTO: 'network.transport',
  LEN: 'netfilter.length',
  TTL: 'netfilter.ttl',
  ID: 'netfilter.id',
  TOS: 'netfilter.tos',
  PREC: 'netfilter.prec',
  WINDOW: 'netfilter.window',
  MAC: 'netfilter.mac',
  RES: 'netfilter.res',
  URGP: 'netfilter.urgp',
  MARK: 'netfilter.mark',
  TYPE: 'icmp.type',
  CODE: 'icmp.code',
  UID: 'user.id',
  GID: 'group.id',
  PHYSIN: 'netfilter.physin',
  PHYSOUT: 'netfilter.physout',
}; // prettier-ignore

/** Lines of the packet filter (iptables, nftables, ufw, Shorewall, SuSEfirewall): `PREFIX IN=eth0 OUT= SRC=… DST=…`. */
export const netfilter: LogFormat = {
  id: 'netfilter',
  read: (text, draft) => {
    const at = text.indexOf('IN=');
    if (at < 0 || at > 200 || !text.includes(' OUT=', at) || !text.includes(' SRC=', at)) return false;
    const prefix = text.slice(0, at).replace(UPTIME, '').trim();
    draft.service ||= 'kernel';
    readPrefix(prefix, draft);
    const seen = new Set<string>();
    keyValues(text.slice(at, at + 4_096), { pair: ' ', value: '=', maxPairs: 64 }, (name, value) => {
      if (seen.has(name)) return;
      seen.add(name);
      draft.put(
        nameIn(NAMES, name) ?? `netfilter.${name.toLowerCase()}`,
        name === 'PROTO' ? value.toLowerCase() : value,
      );
    });
    const flags = text.slice(at).match(/ (?:CWR|ECE|URG|ACK|PSH|RST|SYN|FIN)(?= )/g);
    draft.put('netfilter.flags', flags?.map((flag) => flag.trim()).join(' '));
    return true;
  },
};

const VERDICT = /\b(BLOCK|DROP|REJECT|DENY|ACCEPT|ALLOW|AUDIT|LIMIT|ACC)\b/i;

function readPrefix(prefix: string, draft: LogDraft): void {
  draft.put('rule.name', prefix.replace(/[:\s]+$/, ''));
  const verdict = VERDICT.exec(prefix)?.[1]?.toLowerCase();
  draft.put('event.action', verdict);
  if (verdict !== undefined && /block|drop|reject|deny/.test(verdict) && draft.severity < 13) draft.severity = 13;
}

const OOM = /Out of memory: Kill(?:ed)? process (\d+) \(([^)]*)\)/;
const DEVICE = /\b((?:sd[a-z]+|nvme\d+n\d+|vd[a-z]+|eth\d+|en[ops]\w+|md\d+)\d*)\b[:,\]]/;

/** Messages of the kernel: the packet filter's, the OOM killer's, those of devices. */
export const kernel: LogFormat = {
  id: 'kernel',
  read: (text, draft, tools, depth) => {
    if (netfilter.read(text, draft, tools, depth)) return true;
    const head = text.slice(0, 512);
    const uptime = UPTIME.exec(head);
    if (uptime !== null) draft.put('kernel.uptime', uptime[0].slice(1, -2).trim());
    const oom = OOM.exec(head);
    draft.put('process.killed.pid', oom?.[1]);
    draft.put('process.killed.name', oom?.[2]);
    draft.put('kernel.device', DEVICE.exec(head)?.[1]);
    if (oom !== null && draft.severity < 17) draft.severity = 17;
    return true;
  },
};
