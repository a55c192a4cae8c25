import { FieldSet, textOfJson } from '#core/log-fields/field-set.ts';
import type { RawLog } from '#core/model/log-record.ts';
import { syslogSeverity } from '#core/syslog/syslog-message.ts';

type Entry = Readonly<Record<string, unknown>>;

/** What stands in the record itself, or says nothing of the line. */
const TAKEN: ReadonlySet<string> = new Set([
  ...[
    'MESSAGE',
    'PRIORITY',
    '_HOSTNAME',
    '_SOURCE_REALTIME_TIMESTAMP',
    'SYSLOG_RAW',
    'SYSLOG_TIMESTAMP',
    '_MACHINE_ID',
  ],
  ...[
    '_SYSTEMD_CGROUP',
    '_SYSTEMD_SLICE',
    '_SYSTEMD_INVOCATION_ID',
    '_CAP_EFFECTIVE',
    '_SELINUX_CONTEXT',
    '_AUDIT_SESSION',
  ],
]);

/** Fields with a name of OpenTelemetry; others get `journal.` and their own in small letters. */
const NAMES: Readonly<Record<string, string>> = {
  _PID: 'process.pid',
  _UID: 'process.uid',
  _COMM: 'process.name',
  _EXE: 'process.executable.path',
  _CMDLINE: 'process.command_line',
  _SYSTEMD_UNIT: 'systemd.unit',
  SYSLOG_IDENTIFIER: 'syslog.identifier',
  CODE_FILE: 'code.filepath',
  CODE_FUNC: 'code.function',
  CODE_LINE: 'code.lineno',
  CONTAINER_NAME: 'container.name',
  CONTAINER_ID_FULL: 'container.id',
};

const US_PER_MS = 1_000;
const UNIT_END = /(?:@[^.]*)?\.service$/;

/** The cursor of an entry as `journalctl --output=json` writes it; undefined where it has none. */
export function cursorOf(entry: Entry): string | undefined {
  const cursor = entry['__CURSOR'];
  return typeof cursor === 'string' ? cursor : undefined;
}

/** The record of an entry. */
export function logOfEntry(entry: Entry): RawLog {
  const fields = new FieldSet();
  for (const [name, value] of Object.entries(entry)) {
    if (TAKEN.has(name) || name.startsWith('__')) continue;
    fields.set(NAMES[name] ?? `journal.${name.replace(/^_+/, '').toLowerCase()}`, textOf(value));
  }
  const us = Number(textOf(entry['_SOURCE_REALTIME_TIMESTAMP'] ?? entry['__REALTIME_TIMESTAMP']));
  const priority = Number.parseInt(textOf(entry['PRIORITY']), 10);
  return {
    ...(us > 0 ? { t: us / US_PER_MS } : {}),
    ...(priority >= 0 && priority <= 7 ? { severity: syslogSeverity(priority) } : {}),
    host: textOf(entry['_HOSTNAME']),
    service: serviceOf(entry),
    source: 'journald',
    body: bytesOf(entry['MESSAGE']) ?? textOf(entry['MESSAGE']),
    attributes: fields.toFields(),
  };
}

/** `sshd` of `sshd.service`, `getty` of `getty@tty1.service`; what has no unit of its own by what it calls itself. */
function serviceOf(entry: Entry): string {
  const unit = textOf(entry['_SYSTEMD_UNIT']);
  if (UNIT_END.test(unit) && !unit.startsWith('user@')) return unit.replace(UNIT_END, '');
  const own = textOf(entry['SYSLOG_IDENTIFIER']) || textOf(entry['_COMM']);
  return own || (textOf(entry['_TRANSPORT']) === 'kernel' ? 'kernel' : unit);
}

/** A value; bytes that are no UTF-8 come as numbers, a field that is there more than once as a list. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  const bytes = bytesOf(value);
  if (bytes !== undefined) return bytes.toString();
  return Array.isArray(value) ? value.map(textOf).join(',') : textOfJson(value);
}

function bytesOf(value: unknown): Buffer | undefined {
  const isBytes = Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'number');
  return isBytes ? Buffer.from(value as number[]) : undefined;
}
