import { z } from 'zod';
import { defineInput, type EndpointRequest, type InputEndpoint } from '#core/plugin/input.ts';
import { bulkReply, documentReply, failureOf } from './answers.ts';
import { bulkReader, documentReader } from './bulk-reader.ts';
import { handshakeEndpoints } from './handshake.ts';

const BULK = 'elasticsearch-bulk';
const DOCUMENT = 'elasticsearch-document';

export default defineInput({
  title: 'Elasticsearch bulk',
  summary: 'Log records as Logstash, Filebeat, Fluent Bit, Vector and clients of Elasticsearch write them, over HTTP.',
  config: z.strictObject({}),
  formats: { [BULK]: bulkReader, [DOCUMENT]: documentReader },
  endpoints: [
    bulk('POST', '/elasticsearch/_bulk'),
    bulk('PUT', '/elasticsearch/_bulk'),
    bulk('POST', '/elasticsearch/:index/_bulk'),
    bulk('PUT', '/elasticsearch/:index/_bulk'),
    {
      method: 'POST',
      path: '/elasticsearch/:index/_doc',
      read: (request) => ({ format: DOCUMENT, options: optionsOf(request) }),
      reply: documentReply,
      fail: failureOf,
    },
    ...handshakeEndpoints,
  ],
  start: async () => {},
});

function bulk(method: 'POST' | 'PUT', path: string): InputEndpoint {
  return {
    method,
    path,
    read: (request) => ({ format: BULK, options: optionsOf(request) }),
    reply: bulkReply,
    fail: failureOf,
  };
}

function optionsOf({ params: { index } }: EndpointRequest): Record<string, string> {
  return index === undefined ? {} : { index };
}
