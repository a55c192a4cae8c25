import { z } from 'zod';
import type { AppError } from '#core/errors.ts';
import {
  defineInput,
  type EndpointReply,
  type EndpointRequest,
  type InputEndpoint,
  type WriteAnswer,
} from '#core/plugin/input.ts';
import { eventReader, rawReader } from './readers.ts';

const EVENT = 'splunk-event';
const RAW = 'splunk-raw';
/** What a request may say of all of its events. */
const ORIGIN = ['host', 'source', 'sourcetype', 'index', 'time'];
/** Splunk's codes. */
const [SUCCESS, NO_DATA, INVALID_DATA, BUSY, HEALTHY] = [0, 5, 6, 9, 17];

export default defineInput({
  title: 'Splunk HEC',
  summary: 'Events as clients of Splunk’s HTTP Event Collector send them, as JSON or raw lines.',
  config: z.strictObject({}),
  formats: { [EVENT]: eventReader, [RAW]: rawReader },
  endpoints: [
    ...['', '/event', '/event/1.0'].map((path) => collector(path, EVENT)),
    ...['/raw', '/raw/1.0'].map((path) => collector(path, RAW)),
    ...['/health', '/health/1.0'].map((path): InputEndpoint => {
      const reply = (): EndpointReply => answer(200, 'HEC is healthy', HEALTHY);
      return { method: 'GET', path: `/services/collector${path}`, isPublic: true, reply };
    }),
  ],
  start: async () => {},
});

function collector(path: string, format: string): InputEndpoint {
  return {
    method: 'POST',
    path: `/services/collector${path}`,
    read: ({ query }) => ({ format, options: originOf(query) }),
    reply: replyTo,
    fail: failureOf,
  };
}

function originOf(query: EndpointRequest['query']): Record<string, string> {
  return Object.fromEntries(ORIGIN.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]])));
}

/** Events beside a broken one are taken; Splunk numbers them from 0. */
function replyTo({ accepted, rejected }: WriteAnswer): EndpointReply {
  const faults = rejected.filter(({ reason }) => reason !== 'filtered');
  const [fault] = faults;
  if (fault === undefined) {
    return accepted + rejected.length === 0 ? answer(400, 'No data', NO_DATA) : answer(200, 'Success', SUCCESS);
  }
  if (faults.some(({ reason }) => reason === 'spool_full' || reason === 'disk_full')) {
    return answer(503, 'Server is busy', BUSY);
  }
  const { detail = fault.reason, line } = fault;
  return answer(400, detail, INVALID_DATA, { 'invalid-event-number': line - 1 });
}

function failureOf({ status, message, retryable }: AppError): EndpointReply {
  return retryable ? answer(503, message, BUSY) : answer(status, message, INVALID_DATA);
}

function answer(status: number, text: string, code: number, more: object = {}): EndpointReply {
  const body = JSON.stringify({ text, code, ...more });
  return { status, headers: { 'content-type': 'application/json' }, body };
}
