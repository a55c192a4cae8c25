import { type EventRow, EventsRequest, NewEvent } from '#core/api/events.ts';
import { AppError } from '#core/errors.ts';
import { defineRoute, type Route } from '#core/route.ts';
import type { EventSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { findEvents } from './stored-events.ts';

export type EventsFeatureOptions = {
  readonly store: TelemetryStore;
  readonly events: EventSink;
  readonly clock: Clock;
};

export type EventsFeature = { readonly routes: readonly Route[] };

const DAY_MS = 24 * 3_600_000;
const AHEAD_MS = 10 * 60_000;
/** As long as the store keeps events. */
const BACK_MS = 400 * DAY_MS;
const MAX_LABELS = 64;
/** Kinds the product itself writes: an audit row that anybody can send proves nothing. */
const OWN_KINDS = /^(user|token|system|collector|dashboard|alert|storage|ingest)(\.|$)/;

/** Events: what happened, from the store, and a way in for what happened outside. */
export function createEventsFeature({ store, events, clock }: EventsFeatureOptions): EventsFeature {
  return {
    routes: [
      defineRoute({
        method: 'GET',
        path: '/api/events',
        permission: 'read',
        query: EventsRequest,
        handler: ({ query, signal }) => {
          const to = query.to ?? clock.now();
          const range = { to, from: query.from ?? to - DAY_MS };
          if (range.from > to) throw new AppError('bad_request', 'from lies behind to');
          return findEvents(store, { ...query, ...range }, signal);
        },
      }),
      defineRoute({
        method: 'POST',
        path: '/api/events',
        permission: 'ingest',
        body: NewEvent,
        bodyLimitBytes: 256 * 1024,
        handler: ({ body, caller }) => {
          const event = accept(body, caller?.name ?? '', clock.now());
          events.append(event);
          return event;
        },
      }),
    ],
  };
}

/** The event as it is stored; `user` says who sent it, whatever the sender says. */
function accept(sent: NewEvent, user: string, now: number): EventRow {
  const t = Math.round(sent.t ?? now);
  if (t > now + AHEAD_MS) throw new AppError('bad_request', 't is more than 10 minutes ahead: check the clock');
  if (t < now - BACK_MS) throw new AppError('bad_request', 't is more than 400 days ago: such events are not kept');
  if (OWN_KINDS.test(sent.kind)) {
    throw new AppError('bad_request', `events of kind "${sent.kind}" are written by the product only: choose another`);
  }
  if (Object.keys(sent.labels).length > MAX_LABELS) {
    throw new AppError('bad_request', `an event has at most ${MAX_LABELS} labels`);
  }
  return { t, kind: sent.kind, severity: sent.severity, message: sent.message, labels: { ...sent.labels, user } };
}
