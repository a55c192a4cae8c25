import { z } from 'zod';
import { defineInput } from '#core/plugin/input.ts';
import { jsonReader } from './reader.ts';

const FORMAT = 'json';

export default defineInput({
  title: 'JSON',
  summary: 'Samples as JSON objects, one a line or in an array, over HTTP.',
  config: z.strictObject({}),
  formats: { [FORMAT]: jsonReader },
  endpoints: [
    {
      method: 'POST',
      path: '/api/ingest/json',
      read: ({ query: { unit } }) => ({ format: FORMAT, ...(unit === undefined ? {} : { options: { unit } }) }),
      reply: (answer) => ({
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(answer),
      }),
    },
  ],
  start: async () => {},
});
