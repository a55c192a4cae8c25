import { z } from 'zod';
import { defineInput } from '#core/plugin/input.ts';
import { ListenAddress } from '#core/units/listen-address.ts';
import { plaintextReader } from './parse.ts';

export default defineInput({
  title: 'Graphite plaintext',
  summary: 'Samples as lines of “path value timestamp”, over TCP and UDP on one address.',
  config: z.strictObject({
    /** TCP and UDP. */
    listen: ListenAddress.default('127.0.0.1:2003'),
  }),
  formats: { graphite: plaintextReader },
  start: async ({ listen }, context) => {
    await context.listenTcp(listen, plaintextReader);
    await context.listenUdp(listen, plaintextReader);
  },
});
