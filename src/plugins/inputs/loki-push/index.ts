import { z } from 'zod';
import type { AppError } from '#core/errors.ts';
import {
  defineInput,
  type EndpointReply,
  type EndpointRequest,
  type ReaderFactory,
  type SampleWriter,
  type WriteAnswer,
} from '#core/plugin/input.ts';
import { readJson } from './read-json.ts';
import { readProtobuf } from './read-protobuf.ts';

const FORMATS = { json: 'loki-json', protobuf: 'loki-protobuf' } as const;
const TEXT = { 'content-type': 'text/plain; charset=utf-8' };

export default defineInput({
  title: 'Loki push',
  summary: 'Streams as Promtail, Grafana Alloy, Fluent Bit and Docker’s Loki driver push them, over HTTP.',
  config: z.strictObject({}),
  formats: { [FORMATS.json]: readerOf(readJson), [FORMATS.protobuf]: readerOf(readProtobuf) },
  endpoints: [
    {
      method: 'POST',
      path: '/loki/api/v1/push',
      read: ({ headers }) => ({ format: FORMATS[isJson(headers) ? 'json' : 'protobuf'] }),
      reply: replyTo,
      fail: (error) => text(statusOf(error), error.message),
    },
    { method: 'GET', path: '/ready', isPublic: true, reply: () => text(200, 'ready') },
  ],
  start: async () => {},
});

function readerOf(read: (bytes: Uint8Array, writer: SampleWriter) => void): ReaderFactory {
  return (writer) => ({
    read: (bytes) => {
      read(bytes, writer);
      return true;
    },
    end: () => {
      writer.position = 0;
    },
  });
}

function isJson(headers: EndpointRequest['headers']): boolean {
  return String(headers['content-type'] ?? '').includes('json');
}

/** As Loki: what was taken is taken; 400 tells of entries that never will be, 429 has all sent again. */
function replyTo({ rejected, rejectedTotal }: WriteAnswer): EndpointReply {
  const faults = rejected.filter(({ reason }) => reason !== 'filtered');
  const [fault] = faults;
  if (fault === undefined) return { status: 204 };
  const isBusy = faults.some(({ reason }) => reason === 'spool_full' || reason === 'disk_full');
  const named = `entry ${fault.line}: ${fault.reason}${fault.detail === undefined ? '' : ` (${fault.detail})`}`;
  return text(isBusy ? 429 : 400, `${rejectedTotal} entries were refused; ${named}`);
}

/** Its senders drop what is answered with other codes of 5xx than these. */
function statusOf({ status }: AppError): number {
  return status === 507 ? 503 : status;
}

function text(status: number, body: string): EndpointReply {
  return { status, headers: TEXT, body: `${body}\n` };
}
