import { z } from 'zod';
import { defineInput } from '#core/plugin/input.ts';
import { failureOf, replyTo } from './answers.ts';
import { checkedVersionOf } from './media-type.ts';
import { remoteWrite1Reader, remoteWrite2Reader } from './reader.ts';

export default defineInput({
  title: 'Prometheus remote write',
  summary:
    'Samples, native histograms, exemplars and metadata from Prometheus and its agents, remote write 1.0 and 2.0.',
  config: z.strictObject({}),
  formats: { 'remote-write-1': remoteWrite1Reader, 'remote-write-2': remoteWrite2Reader },
  endpoints: [
    {
      method: 'POST',
      path: '/api/v1/write',
      read: ({ headers }) => ({ format: `remote-write-${checkedVersionOf(headers)}` }),
      reply: replyTo,
      fail: failureOf,
    },
  ],
  start: async () => {},
});
