import type { RawLog } from '#core/model/log-record.ts';
import { severityOf } from '#core/model/log-severity.ts';
import { FieldSet, textOfJson } from './field-set.ts';
import { createLogTimeReader } from './log-time.ts';

/** What the parts of a record may be called, the first that is there. ECS, OpenTelemetry and what loggers write. */
const TIMES = ['@timestamp', 'timestamp', 'time', 'ts', '_time'];
const BODIES = ['message', 'msg', 'log', 'body', '_raw'];
const HOSTS = ['host.name', 'host.hostname', 'hostname', 'host'];
const SERVICES = ['service.name', 'service', 'application', 'app'];
const LEVELS = ['log.level', 'level', 'severity', 'loglevel', 'levelname', 'lvl'];
const TRACES = ['trace.id', 'trace_id', 'traceId', 'traceID'];
const SPANS = ['span.id', 'span_id', 'spanId', 'spanID'];

/** Makes a record of an object as log shippers send them; `now` in ms. */
export type LogObjectReader = (object: Readonly<Record<string, unknown>>, now: number) => RawLog;

/**
 * What is known of the record goes to its parts, all else to attributes with dotted names. Without a message the line is
 * the object's JSON.
 */
export function createLogObjectReader(): LogObjectReader {
  const readTime = createLogTimeReader();
  return (object, now) => {
    const fields = new FieldSet();
    fields.setJson('', object);
    const t = timeOf(fields, (text) => readTime(text, now));
    const body = fields.take(...BODIES);
    const severity = severityIn(fields);
    const record = {
      ...(t === undefined ? {} : { t }),
      ...(severity === 0 ? {} : { severity }),
      body: body === '' ? textOfJson(object) : body,
      host: fields.take(...HOSTS),
      service: fields.take(...SERVICES),
      traceId: fields.take(...TRACES).toLowerCase(),
      spanId: fields.take(...SPANS).toLowerCase(),
    };
    return { ...record, attributes: fields.toFields() };
  };
}

/** A field of such a name that holds no time stays a field. */
function timeOf(fields: FieldSet, read: (text: string) => number | undefined): number | undefined {
  for (const name of TIMES) {
    const t = read(fields.get(name));
    if (t === undefined) continue;
    fields.take(name);
    return t;
  }
  return undefined;
}

function severityIn(fields: FieldSet): number {
  for (const name of LEVELS) {
    const severity = severityOf(fields.get(name));
    if (severity === 0) continue;
    fields.take(name);
    return severity;
  }
  return 0;
}
