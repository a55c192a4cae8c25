import { FieldSet } from '#core/log-fields/field-set.ts';
import type { RawLog } from '#core/model/log-record.ts';
import { facilityName, type SyslogMessage, syslogSeverity } from '#core/syslog/syslog-message.ts';

const SOURCE = 'syslog';

/** The record of a message; `address` is that of who sent it, which may be a relay. */
export function logOfMessage(message: SyslogMessage, address: string): RawLog {
  const { t, severity, facility, host, app, procid, msgid, structured, body, rfc } = message;
  const fields = new FieldSet();
  fields.set('syslog.facility', facilityName(facility));
  fields.set('process.pid', procid);
  fields.set('syslog.msgid', msgid);
  for (let i = 0; i + 1 < structured.length; i += 2) {
    const name = `syslog.sd.${structured[i]}`;
    // RFC 5424 §6.3.3: a parameter may be there more than once.
    const before = fields.take(name);
    fields.set(name, before === '' ? structured[i + 1] || 'true' : `${before},${structured[i + 1]}`);
  }
  fields.set('source.address', address);
  return {
    ...(t === undefined ? {} : { t }),
    severity: syslogSeverity(severity),
    host,
    service: app,
    source: SOURCE,
    // rsyslog's templates of RFC 5424 write the blank that ends an RFC 3164 tag into the message.
    body: rfc === 5424 && body.startsWith(' ') ? body.slice(1) : body,
    attributes: fields.toFields(),
  };
}
