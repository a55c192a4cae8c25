import { z } from 'zod';
import { failureOf, replyTo } from '#core/otlp/answers.ts';
import { checkedEncodingOf } from '#core/otlp/media-type.ts';
import { defineInput, type InputEndpoint } from '#core/plugin/input.ts';
import { otlpJsonReader, otlpProtobufReader } from './reader.ts';

export default defineInput({
  title: 'OpenTelemetry logs',
  summary: 'OTLP log records over HTTP, in protobuf or JSON.',
  config: z.strictObject({}),
  formats: { 'otlp-logs-protobuf': otlpProtobufReader, 'otlp-logs-json': otlpJsonReader },
  endpoints: [endpoint('/v1/logs'), endpoint('/api/v1/otlp/v1/logs')],
  start: async () => {},
});

function endpoint(path: string): InputEndpoint {
  return {
    method: 'POST',
    path,
    read: ({ headers }) => ({ format: `otlp-logs-${checkedEncodingOf(headers)}` }),
    reply: (answer, request) => replyTo(answer, request, 'rejectedLogRecords'),
    fail: failureOf,
  };
}
