import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import type { Event } from '#core/model/event.ts';
import type { RouteRequest, RouteResponse } from '#core/route.ts';
import type { EventSink } from '#core/sink.ts';
import type { GraphiteEvent } from '#query/graphite/source.ts';
import type { GraphiteApi } from './graphite-api.ts';
import { jsonReply, textReply } from './reply.ts';

const AHEAD_SECONDS = 600;
/** As long as the store keeps events. */
const BACK_SECONDS = 400 * 86_400;
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

/**
 * Takes the event and answers its id once it can be read, as Graphite's own clients expect of a POST; with nothing when
 * the store does not answer: the event is safe already, and the store will have it later. The sender's name is kept as
 * `user`.
 */
export async function postEvent(
  to: { api: GraphiteApi; sink: EventSink },
  request: RouteRequest,
): Promise<RouteResponse> {
  const { api, sink } = to;
  const event = accept(request, Math.floor(api.clock.now() / 1000));
  const before = new Set((await alike(api, event, request.signal)).map(({ id }) => id));
  sink.append(event);
  const end = api.clock.monotonic() + READABLE_MS;
  while (api.source.events !== undefined && api.clock.monotonic() < end && !request.signal.aborted) {
    const stored = (await alike(api, event, request.signal)).find(({ id }) => !before.has(id));
    if (stored !== undefined) return jsonReply(JSON.stringify({ id: stored.id }));
    await api.clock.sleep(LOOK_MS);
  }
  return textReply('', 'text/html');
}

/** Stored events that say the same, at the same time. */
async function alike(api: GraphiteApi, event: Event, signal: AbortSignal): Promise<readonly GraphiteEvent[]> {
  const at = event.t / 1000;
  const found = (await api.source.events?.({ from: at, until: at, signal }).catch(() => [])) ?? [];
  return found.filter(({ what, tags, data }) => {
    return what === event.message && tags.join(' ') === event.labels.tags && data === (event.labels.data ?? '');
  });
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
