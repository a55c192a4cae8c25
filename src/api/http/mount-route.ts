import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Authenticate } from '#core/api/access.ts';
import { AppError } from '#core/errors.ts';
import { type Caller, type Route, type RouteRequest, RouteResponse } from '#core/route.ts';
import { authorize } from './authorize.ts';
import { formFields, readBody } from './body.ts';
import { isForgery } from './origin.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined;
  }
}

const DEFAULT_BODY_LIMIT = 1024 * 1024;

/** Mounts one route: authentication, permission, validation, then the handler. */
export function mountRoute(app: FastifyInstance, route: Route, authenticate: Authenticate): void {
  if (route.permission === undefined) throw new Error(`${route.method} ${route.path} declares no permission`);
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.bodyLimitBytes ?? DEFAULT_BODY_LIMIT,
    // Before the body is read: nobody unknown makes us buffer anything.
    onRequest: async (request) => {
      request.caller = await admit(route, request, authenticate);
    },
    handler: async (request, reply) => {
      const answer = await route.handler(routeRequest(route, request, reply));
      return answer instanceof RouteResponse ? sendResponse(reply, answer) : reply.send(answer ?? {});
    },
  });
}

async function admit(route: Route, request: FastifyRequest, authenticate: Authenticate): Promise<Caller | undefined> {
  const { authorization, cookie } = request.headers;
  const caller = await authenticate({ authorization, cookie });
  authorize(route.permission, caller);
  // A token is sent on purpose; only a cookie goes along unasked.
  if (authorization === undefined && isForgery(request.method, request.headers)) {
    throw new AppError('forbidden', 'this request came from a page of another site and was refused');
  }
  return caller;
}

function routeRequest(route: Route, request: FastifyRequest, reply: FastifyReply): RouteRequest {
  const query = formFields(request.url.split('?', 2)[1] ?? '');
  const contentType = request.headers['content-type'] ?? '';
  const body = readBody(route, request.body as Buffer | undefined, contentType, query);
  return {
    params: request.params as Record<string, string>,
    query: route.query === undefined ? query : validate(route.query, query, 'query'),
    body: route.body === undefined ? body : validate(route.body, body ?? {}, 'body'),
    caller: request.caller,
    signal: abortWith(reply),
    remoteAddress: request.ip,
    headers: request.headers,
  };
}

function validate(schema: z.ZodType, value: unknown, where: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => `${[where, ...issue.path].join('.')}: ${issue.message}`);
  throw new AppError('bad_request', issues.join('; '), { details: { issues } });
}

/** Aborts when the client goes away before it has its answer. */
function abortWith(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

function sendResponse(reply: FastifyReply, answer: RouteResponse): FastifyReply {
  void reply.code(answer.status);
  for (const [name, value] of Object.entries(answer.headers)) void reply.header(name, value);
  const { body } = answer;
  if (typeof body === 'string') return reply.send(body);
  if (body instanceof Uint8Array) return reply.send(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  return reply.send(Readable.from(body));
}
