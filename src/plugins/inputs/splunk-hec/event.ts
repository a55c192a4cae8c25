import { FieldSet, textOfJson } from '#core/log-fields/field-set.ts';
import type { LogObjectReader } from '#core/log-fields/object-reader.ts';
import { isJsonObject } from '#core/log-fields/parse-json.ts';
import type { LogFields, RawLog } from '#core/model/log-record.ts';
import { epochMs } from '#core/timestamps/epoch.ts';

/** What an event, or a request with raw ones, says of where it comes from. */
export type Origin = Readonly<Record<string, unknown>>;

/** The record of an event; undefined when it holds none, which Splunk calls a blank event. */
export function logOfEvent(envelope: Origin, read: LogObjectReader, now: number): RawLog | undefined {
  const { event } = envelope;
  if (event === undefined || event === null || event === '') return undefined;
  const inner = isJsonObject(event) ? read(event, now) : { body: textOfJson(event) };
  return withOrigin(inner, envelope);
}

/** What is said around the event comes before what is said within it. */
export function withOrigin(log: RawLog, envelope: Origin): RawLog {
  const { time, host, source, sourcetype, index, fields } = envelope;
  const around = new FieldSet();
  if (isJsonObject(fields)) around.setJson('', fields);
  const service = around.take('service.name', 'service', 'app') || log.service || '';
  around.set('splunk.sourcetype', textOfJson(sourcetype));
  around.set('splunk.index', textOfJson(index));
  const t = timeOf(time);
  return {
    ...log,
    ...(t === undefined ? {} : { t }),
    host: textOfJson(host) || log.host || '',
    service,
    source: textOfJson(source) === '' ? 'splunk' : `splunk:${textOfJson(source)}`,
    attributes: merged(log.attributes ?? [], around.toFields()),
  };
}

/** Seconds since the epoch, with a fraction, as number or text. */
function timeOf(time: unknown): number | undefined {
  const text = textOfJson(time).trim();
  const t = text === '' ? Number.NaN : epochMs(Number(text));
  return Number.isFinite(t) ? t : undefined;
}

function merged(within: LogFields, around: LogFields): LogFields {
  const fields = new FieldSet();
  for (const list of [within, around]) {
    for (let i = 0; i + 1 < list.length; i += 2) fields.set(list[i] ?? '', list[i + 1] ?? '');
  }
  return fields.toFields();
}
