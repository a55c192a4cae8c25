import { FieldSet } from '#core/log-fields/field-set.ts';
import type { LogFields } from '#core/model/log-record.ts';
import { severityOf } from '#core/model/log-severity.ts';
import type { Attribute } from '#core/otlp/any-value.ts';
import type { ReaderFactory, SampleWriter } from '#core/plugin/input.ts';
import type { OtlpLog, ResourceLogs } from './export-request.ts';
import { decodeJson } from './json-request.ts';
import { decodeProtobuf } from './protobuf-request.ts';

const MAX_SEVERITY = 24;

/** Readers of an `ExportLogsServiceRequest` in either encoding. They throw `bad_request`. */
export const otlpProtobufReader = readerOf(decodeProtobuf);
export const otlpJsonReader = readerOf(decodeJson);

function readerOf(decode: (bytes: Uint8Array) => readonly ResourceLogs[]): ReaderFactory {
  return (writer) => ({
    read: (bytes) => {
      for (const resource of decode(bytes)) writeResource(resource, writer);
      return true;
    },
    end: () => {
      writer.position = 0;
    },
  });
}

/** Host and service become those of the record, all else of the resource its fields. */
function writeResource({ attributes, scopes }: ResourceLogs, writer: SampleWriter): void {
  const fields = fieldSet(attributes);
  const common = {
    host: fields.take('host.name'),
    service: fields.take('service.name'),
    resource: fields.toFields(),
    source: 'otlp',
  };
  for (const { name, logs } of scopes) {
    for (const log of logs) {
      writer.position += 1;
      const { t, body, traceId, spanId } = log;
      const severity = severityOfRecord(log);
      writer.log({
        ...common,
        ...(t > 0 ? { t } : {}),
        severity,
        body,
        traceId,
        spanId,
        attributes: fieldsOf(log, name),
      });
    }
  }
}

function severityOfRecord({ severity, severityText }: OtlpLog): number {
  return severity > 0 && severity <= MAX_SEVERITY ? severity : severityOf(severityText);
}

function fieldsOf({ attributes, eventName }: OtlpLog, scope: string): LogFields {
  const fields = fieldSet(attributes);
  fields.set('event.name', eventName);
  fields.set('otel.scope.name', scope);
  return fields.toFields();
}

function fieldSet(attributes: readonly Attribute[]): FieldSet {
  const fields = new FieldSet();
  for (const [name, value] of attributes) fields.set(name, value);
  return fields;
}
