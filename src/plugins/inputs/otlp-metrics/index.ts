import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { failureOf, replyTo } from '#core/otlp/answers.ts';
import { checkedEncodingOf } from '#core/otlp/media-type.ts';
import { defineInput, type EndpointRequest, type InputEndpoint, type ReaderOptions } from '#core/plugin/input.ts';
import { Translation } from './names.ts';
import { otlpJsonReader, otlpProtobufReader } from './reader.ts';

export default defineInput({
  title: 'OpenTelemetry metrics',
  summary: 'Metrics of OpenTelemetry SDKs and collectors: OTLP over HTTP, as protobuf or JSON, with Prometheus’ names.',
  config: z.strictObject({}),
  formats: { 'otlp-metrics-protobuf': otlpProtobufReader, 'otlp-metrics-json': otlpJsonReader },
  endpoints: [endpoint('/v1/metrics'), endpoint('/api/v1/otlp/v1/metrics')],
  start: async () => {},
});

function endpoint(path: string): InputEndpoint {
  return {
    method: 'POST',
    path,
    read: (request) => ({
      format: `otlp-metrics-${checkedEncodingOf(request.headers)}`,
      options: optionsOf(request),
    }),
    reply: (answer, request) => replyTo(answer, request, 'rejectedDataPoints'),
    fail: failureOf,
  };
}

/** The query parameter `translation`: an exporter's endpoint is a URL, so that each sender can choose. */
function optionsOf({ query }: EndpointRequest): ReaderOptions {
  const { data, error } = Translation.safeParse(query['translation'] ?? 'underscores');
  if (error === undefined) return { translation: data };
  throw new AppError(
    'bad_request',
    `translation=${query['translation']}: it is one of ${Translation.options.join(', ')}`,
  );
}
