import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { AnyValueText, Attributes, Integer64, parseJsonBody } from '#core/otlp/json-values.ts';
import { millisecondsOf, type OtlpLog, type ResourceLogs } from './export-request.ts';

const Milliseconds = Integer64.default('0').transform((nanoseconds) => millisecondsOf(BigInt(nanoseconds)));
const Text = z.string().default('');
const Hex = Text.transform((text) => text.toLowerCase());

/** The names of the enum, each for the first of its four numbers: `SEVERITY_NUMBER_WARN2` is 14. */
const RANGES = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** The number of the enum; senders also write its name. */
const Severity = z
  .union([z.int(), z.string()])
  .default(0)
  .transform((value) => {
    if (typeof value === 'number') return value;
    const [, name = '', place = '1'] = /^SEVERITY_NUMBER_([A-Z]+)([2-4]?)$/.exec(value) ?? [];
    const range = RANGES.indexOf(name);
    return range < 0 ? 0 : range * 4 + (Number(place) || 1);
  });

const Log = z
  .object({
    timeUnixNano: Milliseconds,
    observedTimeUnixNano: Milliseconds,
    severityNumber: Severity,
    severityText: Text,
    body: AnyValueText,
    attributes: Attributes,
    traceId: Hex,
    spanId: Hex,
    eventName: Text,
  })
  .transform(({ timeUnixNano, observedTimeUnixNano, severityNumber: severity, ...rest }): OtlpLog => {
    return { t: timeUnixNano || observedTimeUnixNano, severity, ...rest };
  });

const Scope = z
  .object({ scope: z.object({ name: Text }).default({ name: '' }), logRecords: z.array(Log).default([]) })
  .transform(({ scope: { name }, logRecords: logs }) => ({ name, logs }));

const Resource = z
  .object({
    resource: z.object({ attributes: Attributes }).default({ attributes: [] }),
    scopeLogs: z.array(Scope).default([]),
  })
  .transform(({ resource: { attributes }, scopeLogs: scopes }): ResourceLogs => ({ attributes, scopes }));

/** `ExportLogsServiceRequest` in OTLP's JSON; unknown fields are ignored, as the protocol asks. */
const ExportRequest = z.object({ resourceLogs: z.array(Resource).default([]) });

/** Decodes an `ExportLogsServiceRequest` in JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). Throws `bad_request`. */
export function decodeJson(bytes: Uint8Array): ResourceLogs[] {
  const result = ExportRequest.safeParse(parseJsonBody(bytes));
  if (result.success) return result.data.resourceLogs;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new AppError('bad_request', `the body is no ExportLogsServiceRequest: ${where}: ${issue?.message ?? ''}`);
}
