import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import type { Event } from '#core/model/event.ts';
import { defineRoute, type Route, type RouteRequest, type RouteResponse } from '#core/route.ts';
import type { EventSink } from '#core/sink.ts';
import { parseAtTime } from '#query/graphite/at-time.ts';
import type { EventQuestion } from '#query/graphite/source.ts';
import { FormFields } from './form-fields.ts';
import type { GraphiteApi } from './graphite-api.ts';
import { readBase } from './render-options.ts';
import { textReply, valueReply, withPlainErrors } from './reply.ts';

const AHEAD_SECONDS = 600;
/** As long as the store keeps events. */
const BACK_SECONDS = 400 * 86_400;
const MAX_BODY_BYTES = 256 * 1024;
/** Graphite answers a POST once the event can be read: so long is waited for that, and this often looked. */
const READABLE_MS = 3_000;
const LOOK_MS = 100;

/** Text without control characters but line breaks and tabs. */
const Text = z.string().regex(/^[^\p{Cc}]*$/u, 'holds control characters');
const Tag = Text.regex(/^\S+$/, 'must be one word').max(200);

/** The body of `POST /events/`. Tags come as a list or as words of one text. */
const NewGraphiteEvent = z.object({
  what: Text.trim().min(1).max(2_000),
  tags: z
    .union([z.array(Tag), Text.transform((text) => text.split(' ').filter((tag) => tag !== '')).pipe(z.array(Tag))])
    .pipe(z.array(Tag).max(64))
    .default([]),
  when: z.number().optional(),
  data: z
    .string()
    .regex(/^[\n\r\t\P{Cc}]*$/u, 'holds control characters')
    .max(10_000)
    .default(''),
});

/** graphite-web's events over those of the product: `POST /events/`, `/events/get_data`. */
export function eventRoutes(api: GraphiteApi, sink: EventSink | undefined): Route[] {
  const read = ['/events', '/events/', '/events/get_data', '/events/get_data/'].map((path) =>
    defineRoute({
      method: 'GET',
      path,
      permission: 'read',
      bodyKind: 'form',
      handler: (request) => withPlainErrors(() => listEvents(api, request)),
    }),
  );
  if (sink === undefined) return read;
  const write = ['/events', '/events/'].map((path) =>
    defineRoute({
      method: 'POST',
      path,
      permission: 'ingest',
      bodyKind: 'text',
      bodyLimitBytes: MAX_BODY_BYTES,
      handler: (request) => withPlainErrors(() => postEvent({ api, sink }, request)),
    }),
  );
  return [...read, ...write];
}

async function listEvents(api: GraphiteApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new FormFields(request.body);
  const base = readBase(fields, { now: Math.floor(api.clock.now() / 1000), timeZone: api.timeZone });
  const [from, until] = [fields.one('from'), fields.one('until')];
  const tags = fields
    .one('tags')
    ?.split(' ')
    .filter((tag) => tag !== '');
  const set = fields.one('set');
  const found = await find(api, {
    from: from === undefined ? 0 : parseAtTime(from, base),
    until: until === undefined ? base.now : parseAtTime(until, base),
    signal: request.signal,
    ...(tags === undefined ? {} : { tags }),
    ...(set === 'union' || set === 'intersection' ? { set } : {}),
  });
  return valueReply(
    found.map((event, index) => ({ ...event, id: index + 1 })),
    fields,
  );
}

async function find(api: GraphiteApi, question: EventQuestion): ReturnType<NonNullable<typeof api.source.events>> {
  return (await api.source.events?.(question)) ?? [];
}

/** Takes the event and answers, as Graphite does, with nothing. The sender's name is kept as `user`. */
async function postEvent(to: { api: GraphiteApi; sink: EventSink }, request: RouteRequest): Promise<RouteResponse> {
  const { api, sink } = to;
  const event = accept(request, Math.floor(api.clock.now() / 1000));
  sink.append(event);
  await untilReadable(api, event, request.signal);
  return textReply('', 'text/html');
}

function accept(request: RouteRequest, now: number): Event {
  const { what, tags, data, when = now } = parseBody(String(request.body));
  if (when > now + AHEAD_SECONDS) throw new AppError('bad_request', '"when" is more than 10 minutes ahead');
  if (when < now - BACK_SECONDS) throw new AppError('bad_request', '"when" is more than 400 days ago');
  const labels = { tags: tags.join(' '), user: request.caller?.name ?? '', ...(data === '' ? {} : { data }) };
  return { t: Math.round(when * 1000), kind: 'annotation', severity: 'info', message: what, labels };
}

function parseBody(text: string): z.infer<typeof NewGraphiteEvent> {
  const body = parseJson(text);
  const parsed = NewGraphiteEvent.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new AppError('bad_request', `this is no event: ${z.prettifyError(parsed.error)}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('bad_request', 'the body must be a JSON object with what, tags, when and data', {
      cause: error,
    });
  }
}

/** The event is safe already; when the store does not answer, it will have it later. */
async function untilReadable(api: GraphiteApi, event: Event, signal: AbortSignal): Promise<void> {
  const end = api.clock.monotonic() + READABLE_MS;
  const second = Math.floor(event.t / 1000);
  while (api.source.events !== undefined && api.clock.monotonic() < end && !signal.aborted) {
    const found = await api.source.events({ from: second, until: second, signal }).catch(() => []);
    if (found.some(({ what }) => what === event.message)) return;
    await api.clock.sleep(LOOK_MS);
  }
}
