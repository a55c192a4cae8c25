import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Authenticate } from '#core/api/access.ts';
import { AppError, messageOf } from '#core/errors.ts';
import type { Route } from '#core/route.ts';
import type { Logger } from '#io/log.ts';
import { sendError } from './errors.ts';
import { mountRoute } from './mount-route.ts';
import { methodsByPath } from './other-methods.ts';
import { API_POLICY, SECURITY_HEADERS } from './security-headers.ts';
import type { WebFiles } from './static-files.ts';

export type HttpServerOptions = {
  readonly routes: readonly Route[];
  readonly authenticate: Authenticate;
  /** Undefined: no web UI (it is not built). */
  readonly web: WebFiles | undefined;
  /** Takes WebSocket handshakes. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly logger: Logger;
};

export type HttpServer = {
  /** Binds and resolves with the address in use. Throws `conflict` when the port is taken. */
  readonly listen: (host: string, port: number) => Promise<{ readonly host: string; readonly port: number }>;
  /** Takes no more requests and waits for those in progress, at most `limitMs`. */
  readonly close: (limitMs: number) => Promise<void>;
};

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** How often slow senders are looked for; Node's default is 30 s, which would be their time. */
const CHECK_CONNECTIONS_MS = 2_000;
const KEEP_ALIVE_MS = 5_000;
const MAX_CONNECTIONS = 2_000;

/** The HTTP server of UI and API: every route is mounted with its permission, everything else is the web UI. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const app = Fastify({
    logger: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 500 },
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: CHECK_CONNECTIONS_MS },
  });
  app.server.maxConnections = MAX_CONNECTIONS;
  app.server.on('upgrade', options.upgrade);
  prepare(app, options);
  for (const route of options.routes) mountRoute(app, route, options.authenticate);
  return {
    listen: (host, port) => listen(app, host, port),
    close: async (limitMs) => {
      const force = setTimeout(() => app.server.closeAllConnections(), limitMs);
      await app.close();
      clearTimeout(force);
    },
  };
}

function prepare(app: FastifyInstance, { routes, web, logger }: HttpServerOptions): void {
  const methodsOf = methodsByPath(routes);
  app.decorateRequest('caller', undefined);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onSend', async (_request, reply) => {
    void reply.headers(SECURITY_HEADERS);
    if (reply.getHeader('content-security-policy') === undefined) {
      void reply.header('content-security-policy', API_POLICY);
    }
    if (reply.getHeader('cache-control') === undefined) void reply.header('cache-control', 'no-store');
  });
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply, logger));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const isPage = request.method === 'GET' && !path.startsWith('/api/');
    const file = isPage ? web?.send(path, request, reply) : undefined;
    if (file !== undefined) return file;
    const wantsPage = isPage && (request.headers.accept ?? '').includes('text/html');
    if (wantsPage && web !== undefined) return web.sendPage(reply);
    const methods = methodsOf(path);
    if (methods.length === 0) throw new AppError('not_found', `there is no ${request.method} ${path}`);
    void reply.header('allow', methods.join(', '));
    throw new AppError('method_not_allowed', `${path} is not for ${request.method}: use ${methods.join(' or ')}`);
  });
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<{ host: string; port: number }> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason = code === 'EADDRINUSE' ? 'another program uses this address' : messageOf(error);
    const help = 'choose another with NOCMATE_HTTP=host:port or http.listen in the configuration';
    throw new AppError('conflict', `cannot serve HTTP on ${host}:${port}: ${reason}; ${help}`, { cause: error });
  }
  const address = app.server.address();
  return { host, port: typeof address === 'object' && address !== null ? address.port : port };
}
