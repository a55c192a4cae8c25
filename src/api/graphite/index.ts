import { defineRoute, type Route, type RouteRequest } from '#core/route.ts';
import type { Clock } from '#io/clock.ts';
import type { QueryLimits } from '#query/graphite/request.ts';
import type { GraphiteSource } from '#query/graphite/source.ts';
import { expand, index } from './expand.ts';
import { find } from './find.ts';
import { describeFunction, listFunctions } from './functions.ts';
import type { GraphiteApi } from './graphite-api.ts';
import { render } from './render.ts';
import { withPlainErrors } from './reply.ts';

/** What the Graphite API is built from. `timeZone` is that of calendar times, UTC unless given. */
export type GraphiteRouteOptions = {
  readonly source: GraphiteSource;
  readonly clock: Clock;
  readonly timeZone?: string;
  readonly limits?: QueryLimits;
};

const MAX_BODY_BYTES = 1024 * 1024;

/** The HTTP API of graphite-web: `/render`, `/metrics/…` and `/functions`, with and without a slash at the end. */
export function graphiteRoutes(options: GraphiteRouteOptions): Route[] {
  const api: GraphiteApi = { ...options, timeZone: options.timeZone ?? 'UTC' };
  return [
    ...both('/render', (request) => render(api, request)),
    ...both('/metrics/find', (request) => find(api, request)),
    ...both('/metrics/expand', (request) => expand(api, request)),
    ...both('/metrics/index.json', (request) => index(api, request)),
    ...both('/functions', listFunctions),
    ...both('/functions/:name', describeFunction),
  ];
}

/** GET and POST, with and without a slash at the end. */
function both(path: string, handler: (request: RouteRequest) => unknown): Route[] {
  return [path, `${path}/`].flatMap((each) =>
    (['GET', 'POST'] as const).map((method) =>
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
