import type { Event, Severity } from '#core/model/event.ts';
import { type JsonObject, jsonAt, jsonText } from '#core/plugin/json-answer.ts';

/** What alerts are called among events. */
export const ALERT_KIND = 'ids.alert';

const LONGEST_VALUE = 500;
/** Priorities of Suricata, of which 1 is the gravest. */
const SEVERITIES: Readonly<Record<number, Severity>> = { 1: 'major', 2: 'warning' };

/** Labels of the event and where they stand in the record. */
const LABELS: Readonly<Record<string, string>> = {
  signature_id: 'alert.signature_id',
  gid: 'alert.gid',
  rev: 'alert.rev',
  signature: 'alert.signature',
  category: 'alert.category',
  action: 'alert.action',
  src_ip: 'src_ip',
  src_port: 'src_port',
  dest_ip: 'dest_ip',
  dest_port: 'dest_port',
  proto: 'proto',
  app_proto: 'app_proto',
  in_iface: 'in_iface',
  flow_id: 'flow_id',
  hostname: 'http.hostname',
  url: 'http.url',
  xff: 'http.xff',
};

/** When a record was written, ms since the epoch: `2021-05-30T20:07:13.208777+0200`. */
export function timeOfRecord(record: JsonObject): number | undefined {
  const t = Date.parse(jsonText(record, 'timestamp').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(t) ? undefined : t;
}

/** The gravity of an alert, 1 to 4. */
export const gravityOf = (alert: JsonObject): number => Number(jsonAt(alert, 'alert.severity') ?? 4);

/** The event of an alert: who, whom, and why. */
export function eventOfAlert(record: JsonObject): Event {
  const found = Object.entries(LABELS).flatMap(([label, path]): [string, string][] => {
    const value = jsonAt(record, path);
    return typeof value === 'string' || typeof value === 'number'
      ? [[label, String(value).slice(0, LONGEST_VALUE)]]
      : [];
  });
  const { signature = 'an alert', src_ip: from = '?', dest_ip: to = '?', action } = Object.fromEntries(found);
  return {
    t: timeOfRecord(record) ?? Date.now(),
    kind: ALERT_KIND,
    severity: SEVERITIES[gravityOf(record)] ?? 'info',
    message: `${signature}: ${from} → ${to}${action === 'blocked' ? ', blocked' : ''}.`,
    labels: Object.fromEntries(found),
    value: gravityOf(record),
  };
}
