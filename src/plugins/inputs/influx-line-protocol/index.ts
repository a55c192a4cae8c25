import { z } from 'zod';
import { defineInput } from '#core/plugin/input.ts';
import { ListenAddress } from '#core/units/listen-address.ts';
import { FORMAT, influxEndpoints } from './endpoints.ts';
import { lineProtocolReader } from './reader.ts';
import { SERIES_NAMINGS } from './series-naming.ts';

export default defineInput({
  title: 'InfluxDB line protocol',
  summary: 'Points as Telegraf and InfluxDB clients write them, over HTTP (v1 and v2 paths), TCP and UDP.',
  config: z.strictObject({
    listen: ListenAddress.default('off').describe('TCP and UDP; HTTP is served with the API.'),
    naming: z
      .enum(SERIES_NAMINGS)
      .default('prometheus')
      .describe('Of what comes by TCP and UDP: `measurement_field` with labels, or a Graphite `path`.'),
  }),
  formats: { [FORMAT]: lineProtocolReader },
  endpoints: influxEndpoints,
  start: async ({ listen, naming }, context) => {
    const reader: typeof lineProtocolReader = (writer, limits) => lineProtocolReader(writer, limits, { naming });
    await context.listenTcp(listen, reader);
    await context.listenUdp(listen, reader);
  },
});
