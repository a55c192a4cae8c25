import { z } from 'zod';
import { defineInput, type EndpointReply, type WriteAnswer } from '#core/plugin/input.ts';
import { ListenAddress } from '#core/units/listen-address.ts';
import { bodyReader, datagramReader, streamReader } from './readers.ts';

const FORMAT = 'gelf';

export default defineInput({
  title: 'GELF',
  summary: 'Messages of Graylog’s format, as Docker and many loggers send them, over UDP, TCP and HTTP.',
  config: z.strictObject({
    listen: ListenAddress.default('off').describe('UDP and TCP, usually port 12201; HTTP is served with the API.'),
  }),
  formats: { [FORMAT]: bodyReader },
  endpoints: [{ method: 'POST', path: '/gelf', read: () => ({ format: FORMAT }), reply: replyTo }],
  start: async ({ listen }, context) => {
    await context.listenUdp(listen, datagramReader);
    await context.listenTcp(listen, streamReader);
  },
});

function replyTo({ rejected: [fault] }: WriteAnswer): EndpointReply {
  if (fault === undefined || fault.reason === 'filtered') return { status: 202 };
  const isBusy = fault.reason === 'spool_full' || fault.reason === 'disk_full';
  const body = JSON.stringify({ reason: fault.reason, detail: fault.detail });
  return { status: isBusy ? 503 : 400, headers: { 'content-type': 'application/json' }, body };
}
