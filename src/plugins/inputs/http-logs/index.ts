import { z } from 'zod';
import { defineInput, type EndpointRequest, type ReaderOptions } from '#core/plugin/input.ts';
import { httpLogsReader } from './reader.ts';

const FORMAT = 'logs';
const OPTIONS = ['host', 'service', 'source', 'format'];

export default defineInput({
  title: 'Logs over HTTP',
  summary: 'Log lines as JSON objects, in an array or one a line, or as plain text.',
  config: z.strictObject({}),
  formats: { [FORMAT]: httpLogsReader },
  endpoints: [
    {
      method: 'POST',
      path: '/api/ingest/logs',
      read: (request) => ({ format: FORMAT, options: optionsOf(request) }),
      reply: (answer) => ({
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(answer),
      }),
    },
  ],
  start: async () => {},
});

function optionsOf({ query, headers }: EndpointRequest): ReaderOptions {
  const given = OPTIONS.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]]));
  const isJson = String(headers['content-type'] ?? '').includes('json');
  return Object.fromEntries([...given, ...(isJson ? [['json', '']] : [])]);
}
