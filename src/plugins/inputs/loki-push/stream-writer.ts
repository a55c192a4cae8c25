import { FieldSet } from '#core/log-fields/field-set.ts';
import type { LogFields } from '#core/model/log-record.ts';
import { severityOf } from '#core/model/log-severity.ts';
import type { SampleWriter } from '#core/plugin/input.ts';

/** Labels that name a host or a service, the first that is there. */
const HOSTS = ['host', 'hostname', 'node_name', 'nodename', 'node', 'instance'];
const SERVICES = ['service_name', 'service', 'app', 'job', 'container'];
const LEVELS = ['level', 'detected_level', 'severity'];

/** An entry of a stream; `t` in ms with fractions, NaN when it is none. */
export type Entry = { readonly t: number; readonly line: string; readonly metadata: LogFields };

/** Writes the entries of one stream; undefined labels: it has none that can be read, which refuses all of its entries. */
export function streamWriter(writer: SampleWriter, labels: LogFields | undefined): (entry: Entry) => void {
  const resource = labels ?? [];
  const host = first(resource, HOSTS);
  const service = first(resource, SERVICES);
  const level = severityOf(first(resource, LEVELS));
  return ({ t, line, metadata }) => {
    writer.position += 1;
    if (labels === undefined) return writer.reject('bad_key', 'its stream has labels that cannot be read');
    if (!Number.isFinite(t)) return writer.reject('bad_time', 'its time is no number of nanoseconds');
    writer.log({
      ...{ t, host, service, resource, body: line, source: 'loki' },
      severity: severityOf(first(metadata, LEVELS)) || level,
      traceId: first(metadata, ['trace_id', 'traceId', 'traceID']),
      spanId: first(metadata, ['span_id', 'spanId', 'spanID']),
      attributes: metadata,
    });
  };
}

/** Pairs of names and values with each name once. */
export function fieldsOf(pairs: Iterable<readonly [name: string, value: string]>): LogFields {
  const fields = new FieldSet();
  for (const [name, value] of pairs) fields.set(name, value);
  return fields.toFields();
}

function first(fields: LogFields, names: readonly string[]): string {
  for (const name of names) {
    for (let i = 0; i < fields.length; i += 2) if (fields[i] === name) return fields[i + 1] ?? '';
  }
  return '';
}
