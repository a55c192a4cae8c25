import { z } from 'zod';
import { textOfKey } from '#core/model/key-bytes.ts';
import { defineInput, type ReaderFactory } from '#core/plugin/input.ts';
import { ListenAddress } from '#core/units/listen-address.ts';
import { jsonListsReader } from './json-lists.ts';
import { readPacket } from './packet.ts';
import { writeValueList } from './value-list.ts';

const FORMAT = 'collectd';

/** Each datagram is one packet. */
export const packetReader: ReaderFactory = (writer) => {
  writer.spelling = textOfKey;
  const receiver = {
    values: (list: Parameters<typeof writeValueList>[1]) => writeValueList(writer, list),
    broken: (detail: string) => writer.reject('bad_frame', detail),
  };
  return {
    read: (bytes) => {
      readPacket(bytes, receiver);
      return true;
    },
    end: () => {
      writer.position = 0;
    },
  };
};

export default defineInput({
  title: 'collectd',
  summary: 'Values of collectd, by its network protocol (UDP) or its plugin write_http (JSON).',
  config: z.strictObject({
    listen: ListenAddress.default('off').describe(
      'UDP, usually port 25826; packets must be neither signed nor encrypted.',
    ),
  }),
  formats: { [FORMAT]: jsonListsReader },
  endpoints: [
    {
      method: 'POST',
      path: '/api/ingest/collectd',
      read: () => ({ format: FORMAT }),
      reply: (answer) => ({
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(answer),
      }),
    },
  ],
  start: ({ listen }, context) => context.listenUdp(listen, packetReader),
});
