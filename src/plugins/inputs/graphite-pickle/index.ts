import { z } from 'zod';
import { defineInput } from '#core/plugin/input.ts';
import { ListenAddress } from '#core/units/listen-address.ts';
import { pickleReader } from './parse.ts';

export default defineInput({
  title: 'Graphite pickle',
  summary: 'Samples as pickled lists, the protocol between carbon daemons, over TCP.',
  config: z.strictObject({ listen: ListenAddress.default('127.0.0.1:2004') }),
  start: ({ listen }, context) => context.listenTcp(listen, pickleReader),
});
