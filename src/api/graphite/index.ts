import { defineRoute, type Route, type RouteRequest } from '#core/route.ts';
import type { EventSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { QueryLimits } from '#query/graphite/request.ts';
import type { GraphiteSource } from '#query/graphite/source.ts';
import { Painter } from '#query/picture/index.ts';
import { eventRoutes } from './events.ts';
import { expand, index } from './expand.ts';
import { find } from './find.ts';
import { describeFunction, listFunctions } from './functions.ts';
import type { GraphiteApi } from './graphite-api.ts';
import { render } from './render.ts';
import { textReply, withPlainErrors } from './reply.ts';
import {
  completeTags,
  completeValues,
  deleteSeries,
  describeTag,
  findTagged,
  listTags,
  tagMultiSeries,
  tagSeries,
} from './tags.ts';

/** What the Graphite API is built from. `timeZone` is that of calendar times, UTC unless given. */
export type GraphiteRouteOptions = {
  readonly source: GraphiteSource;
  readonly clock: Clock;
  readonly timeZone?: string;
  readonly limits?: Partial<QueryLimits>;
  /** Draws pictures; whoever gives one stops it. */
  readonly painter?: Painter;
  /** Where events that are posted go; without it none are taken. */
  readonly events?: EventSink;
};

const MAX_BODY_BYTES = 1024 * 1024;
/** What clients that ask may expect: Grafana offers tags and the editor of functions by it. */
const VERSION = '1.1.10\n';

/** The HTTP API of graphite-web: `/render`, `/metrics/…`, `/functions`, `/tags` and `/events`, with and without a slash at the end. */
export function graphiteRoutes(options: GraphiteRouteOptions): Route[] {
  const api: GraphiteApi = {
    ...options,
    timeZone: options.timeZone ?? 'UTC',
    painter: options.painter ?? new Painter(),
  };
  return [
    ...both('/render', (request) => render(api, request)),
    ...both('/metrics/find', (request) => find(api, request)),
    ...both('/metrics/expand', (request) => expand(api, request)),
    ...both('/metrics/index.json', (request) => index(api, request)),
    ...both('/version', () => textReply(VERSION, 'text/plain')),
    ...both('/functions', listFunctions),
    ...both('/functions/:name', describeFunction),
    ...both('/tags', (request) => listTags(api, request)),
    ...both('/tags/findSeries', (request) => findTagged(api, request)),
    ...both('/tags/autoComplete/tags', (request) => completeTags(api, request)),
    ...both('/tags/autoComplete/values', (request) => completeValues(api, request)),
    ...posted('/tags/tagSeries', tagSeries),
    ...posted('/tags/tagMultiSeries', tagMultiSeries),
    ...posted('/tags/delSeries', deleteSeries),
    ...both('/tags/:tag', (request) => describeTag(api, request)),
    ...eventRoutes(api, options.events),
  ];
}

type Handler = (request: RouteRequest) => unknown;

/** GET and POST, with and without a slash at the end. */
function both(path: string, handler: Handler): Route[] {
  return routesOf(path, ['GET', 'POST'], handler);
}

/** POST only; nothing is changed by it, so that reading is all it takes. */
function posted(path: string, handler: Handler): Route[] {
  return routesOf(path, ['POST'], handler);
}

function routesOf(path: string, methods: readonly ('GET' | 'POST')[], handler: Handler): Route[] {
  return [path, `${path}/`].flatMap((each) =>
    methods.map((method) =>
      defineRoute({
        method,
        path: each,
        permission: 'read',
        bodyKind: 'form',
        bodyLimitBytes: MAX_BODY_BYTES,
        handler: (request) => withPlainErrors(() => handler(request)),
      }),
    ),
  );
}
