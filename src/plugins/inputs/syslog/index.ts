import { z } from 'zod';
import { defineInput } from '#core/plugin/input.ts';
import { TlsListen } from '#core/plugin/tls-listen.ts';
import { createZone } from '#core/timestamps/zone.ts';
import { ListenAddress } from '#core/units/listen-address.ts';
import { datagramReader, streamReader } from './reader.ts';

export default defineInput({
  title: 'Syslog',
  summary: 'Messages of RFC 5424 and RFC 3164, and what devices send in their place, over UDP, TCP and TLS.',
  isOptional: true,
  config: z.strictObject({
    listen: ListenAddress.default('127.0.0.1:1514').describe('UDP and TCP.'),
    tls: TlsListen.optional().describe('TLS on an address of its own, usually port 6514.'),
    zone: z
      .string()
      .refine(isZone, { error: 'not a time zone: write Europe/Berlin, UTC or +02:00' })
      .optional()
      .describe('Of times that name none (RFC 3164); the zone of this machine unless it is set.'),
  }),
  start: async ({ listen, tls, zone = localZone() }, context) => {
    await context.listenUdp(listen, datagramReader(zone));
    await context.listenTcp(listen, streamReader(zone));
    if (tls !== undefined) await context.listenTcp(tls.listen, streamReader(zone), tls);
  },
});

function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function isZone(name: string): boolean {
  try {
    createZone(name);
    return true;
  } catch {
    return false;
  }
}
