import { FieldSet, textOfJson } from '#core/log-fields/field-set.ts';
import { isJsonObject, parseJson } from '#core/log-fields/parse-json.ts';
import { MAX_LOG_BYTES, type RawLog } from '#core/model/log-record.ts';
import type { SampleWriter } from '#core/plugin/input.ts';
import { syslogSeverity } from '#core/syslog/syslog-message.ts';

/** What services are called in additional fields, the first that is there. */
const SERVICES = ['service.name', 'service', 'application', 'app', 'container_name', 'facility'];
const MEMBERS = new Set(['version', 'host', 'short_message', 'full_message', 'timestamp', 'level']);

/** Writes one message (https://go2docs.graylog.org/current/getting_in_log_data/gelf.html), unpacked, as a log record. */
export function writeMessage(bytes: Uint8Array, writer: SampleWriter): void {
  writer.position += 1;
  if (bytes.length > MAX_LOG_BYTES) {
    return writer.reject('too_long', `a message of more than ${MAX_LOG_BYTES} bytes`);
  }
  const message = parseJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
  if (isJsonObject(message)) writer.log(logOf(message, writer.address ?? ''));
  else writer.reject('bad_line', 'the message is no object of JSON');
}

/** `_name` is an additional field; others are those of GELF, or of senders that do not know it well. */
function logOf(message: Readonly<Record<string, unknown>>, address: string): RawLog {
  const fields = new FieldSet();
  for (const [name, value] of Object.entries(message)) {
    if (!MEMBERS.has(name)) fields.setJson(name.startsWith('_') ? name.slice(1) : name, value);
  }
  const { host, short_message: short, full_message: full, timestamp, level } = message;
  const [brief, whole] = [textOfJson(short), textOfJson(full)];
  if (whole !== '' && !whole.startsWith(brief)) fields.set('gelf.short_message', brief);
  const seconds = Number(textOfJson(timestamp) || Number.NaN);
  const service = fields.take(...SERVICES);
  fields.set('source.address', address);
  return {
    ...(Number.isFinite(seconds) && seconds > 0 ? { t: Math.round(seconds * 1e6) / 1e3 } : {}),
    // Absent: 1, says GELF, which no sender means.
    severity: typeof level === 'number' ? syslogSeverity(level) : 0,
    host: textOfJson(host),
    service,
    source: 'gelf',
    body: whole === '' ? brief : whole,
    attributes: fields.toFields(),
  };
}
