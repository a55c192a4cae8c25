import type { BinaryReader } from '@bufbuild/protobuf/wire';
import { AppError, messageOf } from '#core/errors.ts';
import type { Attribute } from '#core/otlp/any-value.ts';
import { Messages, readAnyValue, readAttribute } from '#core/otlp/protobuf-message.ts';
import { millisecondsOf, type OtlpLog, type ResourceLogs } from './export-request.ts';

/** Decodes an `ExportLogsServiceRequest`. Throws `bad_request`. */
export function decodeProtobuf(bytes: Uint8Array): ResourceLogs[] {
  try {
    const messages = new Messages();
    const resources: ResourceLogs[] = [];
    messages.read(bytes, { 1: (r) => resources.push(resourceLogsOf(messages, r.bytes())) });
    return resources;
  } catch (error) {
    const message = `the body is no ExportLogsServiceRequest in protobuf: ${messageOf(error)}`;
    throw new AppError('bad_request', message, { cause: error });
  }
}

function resourceLogsOf(messages: Messages, bytes: Uint8Array): ResourceLogs {
  const attributes: Attribute[] = [];
  const scopes: ResourceLogs['scopes'][number][] = [];
  messages.read(bytes, {
    1: (r) => messages.read(r.bytes(), { 1: (inner) => attributes.push(readAttribute(messages, inner)) }),
    2: (r) => scopes.push(scopeLogsOf(messages, r.bytes())),
  });
  return { attributes, scopes };
}

function scopeLogsOf(messages: Messages, bytes: Uint8Array): ResourceLogs['scopes'][number] {
  let name = '';
  const logs: OtlpLog[] = [];
  messages.read(bytes, {
    1: (r) => messages.read(r.bytes(), { 1: (inner) => (name = inner.string()) }),
    2: (r) => logs.push(logOf(messages, r.bytes())),
  });
  return { name, logs };
}

function logOf(messages: Messages, bytes: Uint8Array): OtlpLog {
  const attributes: Attribute[] = [];
  let happened = 0;
  let seen = 0;
  let severity = 0;
  const texts = { severityText: '', body: '', eventName: '', traceId: '', spanId: '' };
  messages.read(bytes, {
    1: (r) => (happened = time(r)),
    2: (r) => (severity = r.int32()),
    3: (r) => (texts.severityText = r.string()),
    5: (r) => (texts.body = readAnyValue(messages, r)),
    6: (r) => attributes.push(readAttribute(messages, r)),
    9: (r) => (texts.traceId = hex(r)),
    10: (r) => (texts.spanId = hex(r)),
    11: (r) => (seen = time(r)),
    12: (r) => (texts.eventName = r.string()),
  });
  return { t: happened || seen, severity, attributes, ...texts };
}

const time = (reader: BinaryReader): number => millisecondsOf(BigInt(reader.fixed64()));

function hex(reader: BinaryReader): string {
  return Buffer.from(reader.bytes()).toString('hex');
}
