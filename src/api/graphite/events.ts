import { defineRoute, type Route, type RouteRequest, type RouteResponse } from '#core/route.ts';
import type { EventSink } from '#core/sink.ts';
import { parseAtTime } from '#query/graphite/at-time.ts';
import type { EventQuestion, GraphiteEvent } from '#query/graphite/source.ts';
import { FormFields } from './form-fields.ts';
import type { GraphiteApi } from './graphite-api.ts';
import { postEvent } from './post-event.ts';
import { readBase } from './render-options.ts';
import { textReply, valueReply, withPlainErrors } from './reply.ts';

const MAX_BODY_BYTES = 256 * 1024;
const UNKNOWN = '{"error": "Event matching query does not exist"}';

/** graphite-web's events over those of the product: `POST /events/`, `/events/get_data`, `/events/<id>`. */
export function eventRoutes(api: GraphiteApi, sink: EventSink | undefined): Route[] {
  const read = [
    ...readers(['/events', '/events/', '/events/get_data', '/events/get_data/'], (request) => listEvents(api, request)),
    ...readers(['/events/:id', '/events/:id/'], (request) => showEvent(api, request)),
  ];
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

function readers(paths: readonly string[], handler: (request: RouteRequest) => Promise<RouteResponse>): Route[] {
  return paths.map((path) =>
    defineRoute({
      method: 'GET',
      path,
      permission: 'read',
      bodyKind: 'form',
      handler: (request) => withPlainErrors(() => handler(request)),
    }),
  );
}

async function listEvents(api: GraphiteApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new FormFields(request.body);
  const base = readBase(fields, { now: Math.floor(api.clock.now() / 1000), timeZone: api.timeZone });
  const [from, until] = [fields.one('from'), fields.one('until')];
  const tags = fields.one('tags')?.split(' ');
  const set = fields.one('set');
  const found = await find(api, {
    from: from === undefined ? 0 : parseAtTime(from, base),
    until: until === undefined ? api.clock.now() / 1000 : parseAtTime(until, base),
    signal: request.signal,
    ...(tags === undefined ? {} : { tags }),
    ...(set === 'union' || set === 'intersection' ? { set } : {}),
  });
  return valueReply(
    found.map(({ t, what, data, tags: own, id }) => ({ when: Math.floor(t / 1000), what, data, tags: own, id })),
    fields,
  );
}

/** `/events/<id>`: times as ISO 8601 here, as graphite-web writes them. */
async function showEvent(api: GraphiteApi, request: RouteRequest): Promise<RouteResponse> {
  const text = request.params.id ?? '';
  const id = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  const { signal } = request;
  const known = Number.isSafeInteger(id)
    ? await find(api, { from: 0, until: Number.MAX_SAFE_INTEGER, id, signal })
    : [];
  const [event] = known;
  if (event === undefined) return textReply(UNKNOWN, 'application/json', 404);
  const when = new Date(event.t).toISOString().replace('.000Z', 'Z');
  const { what, data, tags } = event;
  return valueReply({ id, when, what, data, tags }, new FormFields(request.body));
}

async function find(api: GraphiteApi, question: EventQuestion): Promise<readonly GraphiteEvent[]> {
  return (await api.source.events?.(question)) ?? [];
}
