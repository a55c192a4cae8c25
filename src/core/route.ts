import type { z } from 'zod';

/** What a caller may do. `admin` includes `write`, `write` includes `read`; `ingest` only sends data. */
export const SCOPES = ['read', 'write', 'admin', 'ingest'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who makes a request, as found out by the access feature. */
export type Caller = {
  readonly kind: 'user' | 'token';
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  /** Set for users: the session, so that log-out can end it. */
  readonly sessionId?: string;
};

/** What a handler gets. `query` and `body` have passed the route's schemas. */
export type RouteRequest<Query = unknown, Body = unknown> = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** Undefined only on routes whose permission is `public`. */
  readonly caller: Caller | undefined;
  /** Aborted when the client goes away: hand it to every query. */
  readonly signal: AbortSignal;
  readonly remoteAddress: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** An answer that is not plain JSON with status 200. */
export class RouteResponse {
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array | string>;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;

  constructor(
    body: string | Uint8Array | AsyncIterable<Uint8Array | string>,
    options: { status?: number; headers?: Record<string, string | readonly string[]> } = {},
  ) {
    this.body = body;
    this.status = options.status ?? 200;
    this.headers = options.headers ?? {};
  }
}

/**
 * One HTTP route as data. A route that declares no permission does not type-check, and the API refuses to mount it:
 * everything is denied by default. Handlers return JSON-serialisable values or a {@link RouteResponse}.
 */
export type Route<Query = unknown, Body = unknown> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** Fastify path syntax: `/api/dashboards/:id`. */
  readonly path: string;
  readonly permission: Scope | 'public';
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** `json` (default): parsed; `form`: form or JSON or query, merged (Graphite); `text` / `bytes`: as sent. */
  readonly bodyKind?: 'json' | 'form' | 'text' | 'bytes';
  readonly bodyLimitBytes?: number;
  readonly handler: (request: RouteRequest<Query, Body>) => unknown;
};

/** Types a route from its schemas and forgets them, so that routes of any input stand in one list. */
export function defineRoute<Query, Body>(route: Route<Query, Body>): Route {
  return route as unknown as Route;
}
