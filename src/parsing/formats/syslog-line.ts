import { facilityName, type SyslogMessage, syslogSeverity } from '#core/syslog/syslog-message.ts';
import { SyslogReader } from '#core/syslog/syslog-reader.ts';
import type { Zone } from '#core/timestamps/zone.ts';
import type { LogDraft } from '#parsing/log-draft.ts';
import type { LogFormat } from '#parsing/log-format.ts';
import { applicationFormat } from './applications.ts';

const MAX_HEADER_WORD = 255;

/** Lines of syslog files and datagrams, both RFCs; what stands in the message is recognised in turn. */
export function syslogLine(zone: Zone): LogFormat {
  const reader = new SyslogReader(zone);
  return {
    id: 'syslog',
    read: (text, draft, tools, depth) => {
      const message = reader.read(text, tools.now);
      if (message.rfc === 0 || (message.facility === undefined && !isLikely(text, message))) return false;
      draft.t = message.t ?? Number.NaN;
      draft.host = message.host || draft.host;
      draft.severity = syslogSeverity(message.severity);
      draft.body = message.body;
      draft.put('log.syslog.facility.name', facilityName(message.facility));
      draft.put('event.code', message.msgid);
      for (let i = 0; i < message.structured.length; i += 2) {
        draft.fields.push(`log.syslog.structured_data.${message.structured[i] ?? ''}`, message.structured[i + 1] ?? '');
      }
      readApplication(message.app, message.procid, draft);
      const read = (format: LogFormat): boolean => {
        const fits = format.read(draft.body, draft, tools, depth + 1);
        if (fits) tools.used(format);
        return fits;
      };
      if (!readMessage(draft, message.app, read)) tools.inner(draft.body, draft, depth + 1);
      return true;
    },
  };
}

/** `2025-06-24 14:36:25`: no syslog server writes such a time, but many programs do. */
const PLAIN_TIME = /^\d{4}-\d\d-\d\d /;

/** A file's line without a PRI is syslog's when a host and a program stand after its time. */
function isLikely(text: string, { host, app, procid, body }: SyslogMessage): boolean {
  if (PLAIN_TIME.test(text)) return /^[A-Za-z][\w./-]*$/.test(app) && (procid !== '' || /[\d.-]/.test(host));
  if (host.length > MAX_HEADER_WORD || host.includes('"') || host.includes('[') || host.includes('=')) return false;
  return app !== '' || /^[A-Za-z][\w.-]*$/.test(host) || /^(%|-{3} last|last message)/.test(body);
}

/** `name` or `dir/name` → process name and service; Darwin's names hold spaces. */
function readApplication(app: string, procid: string, draft: LogDraft): void {
  if (app === '') return readSpacedName(draft);
  draft.service ||= app;
  draft.fields.push('process.name', app);
  draft.put('process.pid', procid);
}

/** `Google Chrome[123]: text`, `com.apple.xpc.launchd[1] (com.apple.x[2]): text`: the tag is taken apart only here. */
function readSpacedName(draft: LogDraft): void {
  const match = /^([A-Z][\w.]+(?: [A-Z][\w.]+){1,3})\[(\d+)\]: /.exec(draft.body.slice(0, 120));
  if (match === null) return;
  draft.service ||= match[1] ?? '';
  draft.put('process.name', match[1]);
  draft.put('process.pid', match[2]);
  draft.body = draft.body.slice(match[0].length);
}

function readMessage(draft: LogDraft, app: string, read: (format: LogFormat) => boolean): boolean {
  const format = applicationFormat(app);
  if (format === undefined) return false;
  const mark = draft.fields.length;
  if (read(format)) return true;
  draft.fields.length = mark;
  return false;
}
