import { severityOf } from '#core/model/log-severity.ts';
import { csvColumns } from '#parsing/extract/csv-fields.ts';
import { keyValues } from '#parsing/extract/key-values.ts';
import { nameIn } from '#parsing/field-names.ts';
import type { LogFormat } from '#parsing/log-format.ts';

const FORTI: Readonly<Record<string, string>> = {
  srcip: 'source.ip',
  srcport: 'source.port',
  dstip: 'destination.ip',
  dstport: 'destination.port',
  action: 'event.action',
  policyid: 'rule.id',
  policyname: 'rule.name',
  user: 'user.name',
  srcintf: 'observer.ingress.interface.name',
  dstintf: 'observer.egress.interface.name',
  sentbyte: 'source.bytes',
  rcvdbyte: 'destination.bytes',
  service: 'network.protocol',
  level: 'log.level',
  logid: 'event.code',
  app: 'network.application',
  hostname: 'destination.domain',
  url: 'url.original',
  srccountry: 'source.geo.country_name',
  dstcountry: 'destination.geo.country_name',
  duration: 'event.duration_s',
}; // prettier-ignore

/** FortiGate's `date=… time=… devname=… type=traffic …`. */
export const fortigate: LogFormat = {
  id: 'fortigate',
  read: (text, draft, { times, now }) => {
    if (!/^(?:date=|logver=|timestamp=)/.test(text) || !/\bdevname=|\bdevid=/.test(text.slice(0, 400))) return false;
    let date = '';
    let clock = '';
    let nanos = '';
    let zone = '';
    keyValues(text, { pair: ' ', value: '=' }, (name, value) => {
      if (name === 'date') date = value;
      else if (name === 'time') clock = value;
      else if (name === 'eventtime') nanos = value;
      else if (name === 'tz') zone = value;
      else if (name === 'devname') draft.host = value;
      else if (name === 'msg') draft.put('event.reason', value);
      else draft.put(nameIn(FORTI, name) ?? `fortinet.${name}`, value);
    });
    const t = nanos === '' ? Number.NaN : times.readWhole(nanos, now);
    draft.t = Number.isNaN(t) ? times.readWhole(`${date} ${clock}${zone}`, now) : t;
    draft.service ||= 'fortigate';
    draft.severity = severityOf(draft.get('log.level') ?? '') || draft.severity;
    return true;
  },
};

const PAN_TRAFFIC =
  'receive_time serial type subtype _ generated source.ip destination.ip source.nat.ip destination.nat.ip rule.name user.name destination.user.name network.application panos.vsys observer.ingress.zone observer.egress.zone observer.ingress.interface.name observer.egress.interface.name panos.log_action _ panos.session_id panos.repeat source.port destination.port source.nat.port destination.nat.port panos.flags network.transport event.action'.split(
    ' ',
  );
const PAN_TAIL: Readonly<Record<string, readonly string[]>> = {
  TRAFFIC:
    'network.bytes source.bytes destination.bytes network.packets panos.start event.duration_s panos.category'.split(
      ' ',
    ),
  THREAT: 'url.original panos.threat panos.category log.level network.direction'.split(' '),
};

/** Palo Alto's CSV logs: TRAFFIC and THREAT with their columns, the other types with their first ones. */
export const panOs: LogFormat = {
  id: 'pan-os',
  read: (text, draft, { times, now }) => {
    if (!/^\d*,\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d,\w*,[A-Z]+,/.test(text.slice(0, 120))) return false;
    const columns = csvColumns(text, ',', 120);
    const type = columns[3] ?? '';
    const names = type in PAN_TAIL ? [...PAN_TRAFFIC, ...(PAN_TAIL[type] ?? [])] : PAN_TRAFFIC.slice(0, 6);
    names.forEach((name, i) => {
      if (name !== '_' && i !== 0 && name !== 'generated')
        draft.put(name.includes('.') ? name : `panos.${name}`, columns[i + 1]);
    });
    draft.t = times.readWhole(columns[6] ?? '', now);
    if (Number.isNaN(draft.t)) draft.t = times.readWhole(columns[1] ?? '', now);
    draft.service ||= 'pan-os';
    const action = draft.get('event.action') ?? '';
    draft.severity = severityOf(draft.get('log.level') ?? '') || (/deny|drop|reset|block/.test(action) ? 13 : 9);
    return true;
  },
};

const CODE = /^(?:(\w+)\[(\d+)\]: )?([0-9a-f]{8}):([0-7]): /;
const MONITOR =
  /(Pool|Node|Virtual|Monitor) (\/\S+)(?: member (\S+?):(\d+))?(?:.*?\bmonitor status (\w+)|.*?\bstatus (\w+))?/;

/** F5 BIG-IP's `01070638:5: Pool /Common/p member /Common/n:80 monitor status down.` and iRules' `Rule /Common/r <EVENT>: …`. */
export const f5: LogFormat = {
  id: 'f5',
  read: (text, draft) => {
    const head = text.slice(0, 1_024);
    const rule = /^Rule (\/\S+) <(\w+)>: /.exec(head);
    const code = CODE.exec(head);
    if (rule === null && code === null) return false;
    draft.service ||= 'bigip';
    draft.put('rule.name', rule?.[1]);
    draft.put('event.action', rule?.[2]);
    draft.put('process.name', code?.[1]);
    draft.put('process.pid', code?.[2]);
    draft.put('event.code', code?.[3]);
    if (code !== null) draft.severity = [24, 21, 18, 17, 13, 10, 9, 5][Number(code[4])] ?? draft.severity;
    const monitor = MONITOR.exec(head);
    if (monitor === null) return true;
    const [, kind = '', name, member, port, status, other] = monitor;
    draft.put(`bigip.${kind.toLowerCase()}`, name);
    draft.put('bigip.member', member);
    draft.put('bigip.member_port', port);
    draft.put('bigip.status', status ?? other);
    return true;
  },
};

const SNORT =
  /^(?:\[\*\*\] )?\[(\d+):(\d+):(\d+)\] (.*?)(?: \[\*\*\])?\s+\[Classification: ([^\]]*)\] \[Priority: (\d+)\]:? ?(?:<[^>]*> )?\{(\w+)\} (\S+) -> (\S+)/;

/** Snort's fast alerts and the same as syslog messages; Suricata's fast.log too. */
export const snort: LogFormat = {
  id: 'snort',
  read: (text, draft, { times, now }) => {
    const t = times.read(text, 0, now);
    const start = Number.isNaN(t) ? 0 : times.end;
    const match = SNORT.exec(text.slice(start, start + 2_048).trimStart());
    if (match === null) return false;
    const [, generator, id, revision, name, category, priority, transport, from = '', to = ''] = match;
    if (start > 0) draft.t = t;
    draft.service ||= 'snort';
    draft.severity = priority === '1' ? 17 : priority === '2' ? 13 : 9;
    draft.put('rule.id', id);
    draft.put('rule.version', revision);
    draft.put('rule.name', name);
    draft.put('rule.category', category);
    draft.put('snort.generator', generator);
    draft.put('event.severity', priority);
    draft.put('network.transport', transport?.toLowerCase());
    for (const [side, text] of [
      ['source', from],
      ['destination', to],
    ] as const) {
      const end = /^(\S*?)(?::(\d+))?$/.exec(text) ?? [];
      draft.put(`${side}.ip`, end[1]);
      draft.put(`${side}.port`, end[2]);
    }
    return true;
  },
};
