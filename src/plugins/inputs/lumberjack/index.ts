import { z } from 'zod';
import { defineInput } from '#core/plugin/input.ts';
import { TlsListen } from '#core/plugin/tls-listen.ts';
import { ListenAddress } from '#core/units/listen-address.ts';
import { lumberjackReader } from './reader.ts';

export default defineInput({
  title: 'Beats (Lumberjack)',
  summary:
    'Events of Filebeat, Winlogbeat, other Beats and Logstash, acknowledged once they are durable, over TCP and TLS.',
  config: z.strictObject({
    listen: ListenAddress.default('off').describe('TCP, usually port 5044.'),
    tls: TlsListen.optional().describe('TLS on an address of its own.'),
  }),
  start: async ({ listen, tls }, context) => {
    await context.listenTcpWithAnswers(listen, lumberjackReader);
    if (tls !== undefined) await context.listenTcpWithAnswers(tls.listen, lumberjackReader, tls);
  },
});
