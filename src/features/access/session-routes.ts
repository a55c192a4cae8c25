import { type Bootstrap, type LoginAnswer, LoginRequest, PasswordRequest, SetupRequest } from '#core/api/access.ts';
import { AppError } from '#core/errors.ts';
import { defineRoute, type Route, type RouteRequest, RouteResponse } from '#core/route.ts';
import type { AccountParts, Accounts, LoggedIn } from './accounts.ts';
import { clearedCookies, sessionCookie } from './cookie.ts';
import { readSession } from './credentials.ts';
import { hashSecret } from './secret.ts';
import { endSession, SESSION_MS } from './sessions.ts';
import type { SetupLink } from './setup-link.ts';

export type SessionParts = AccountParts & {
  readonly accounts: Accounts;
  readonly setupLink: SetupLink;
  readonly bootstrap: (request: RouteRequest) => Promise<Bootstrap>;
};

const SMALL_BODY = 16 * 1024;

/** Routes that start, change and end sessions. */
export function sessionRoutes(parts: SessionParts): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/bootstrap',
      permission: 'public',
      handler: async (request) => asJson(await parts.bootstrap(request), {}),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/setup',
      permission: 'public',
      body: SetupRequest,
      bodyLimitBytes: SMALL_BODY,
      handler: (request) => setUp(parts, request),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/login',
      permission: 'public',
      body: LoginRequest,
      bodyLimitBytes: SMALL_BODY,
      handler: async (request) => {
        const { name, password } = request.body;
        return answer(parts, request, await parts.accounts.logIn(name, password, request.remoteAddress));
      },
    }),
    logOutRoute(parts),
    passwordRoute(parts),
  ];
}

/** Public: a browser whose session is over must get rid of its cookie all the same. */
function logOutRoute(parts: SessionParts): Route {
  return defineRoute({
    method: 'POST',
    path: '/api/logout',
    permission: 'public',
    bodyLimitBytes: SMALL_BODY,
    handler: async (request) => {
      await endPresented(parts, request);
      const name = request.caller?.kind === 'user' ? request.caller.name : undefined;
      if (name !== undefined) parts.audit({ kind: 'user.logout', message: `${name} logged out`, user: name });
      return asJson({}, { 'set-cookie': clearedCookies() });
    },
  });
}

function passwordRoute(parts: SessionParts): Route {
  return defineRoute({
    method: 'POST',
    path: '/api/password',
    permission: 'read',
    body: PasswordRequest,
    bodyLimitBytes: SMALL_BODY,
    handler: async ({ caller, body, remoteAddress }) => {
      if (caller?.kind !== 'user') throw new AppError('forbidden', 'only a logged-in user has a password to change');
      await parts.accounts.changePassword(caller, body, remoteAddress);
      return {};
    },
  });
}

async function setUp(parts: SessionParts, request: RouteRequest<unknown, SetupRequest>): Promise<RouteResponse> {
  const { token, name, password } = request.body;
  if (!parts.setupLink.matches(token)) {
    throw new AppError('forbidden', 'this set-up link is not valid any more: start the server again for a new one');
  }
  const user = await parts.accounts.createFirstAdmin(name, password);
  if (user === undefined) throw new AppError('conflict', 'an admin exists already: log in');
  parts.setupLink.close();
  return answer(parts, request, await parts.accounts.openSession(user, request.remoteAddress));
}

/** A log-in replaces the session that the browser had (session fixation). */
async function answer(parts: SessionParts, request: RouteRequest, { user, session }: LoggedIn): Promise<RouteResponse> {
  await endPresented(parts, request);
  const body: LoginAnswer = { user: { name: user.name, scope: user.scope } };
  return asJson(body, { 'set-cookie': sessionCookie(session, request.headers, SESSION_MS) });
}

async function endPresented({ db, callers }: SessionParts, { headers }: RouteRequest): Promise<void> {
  const session = readSession(headers.cookie === undefined ? undefined : String(headers.cookie));
  if (session === undefined) return;
  const id = hashSecret(session);
  callers.forget(({ sessionId }) => sessionId === id);
  await endSession(db, id);
}

/** Nothing about sessions may stay in a cache between us and the browser. */
function asJson(body: unknown, headers: Record<string, string | readonly string[]>): RouteResponse {
  const plain = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  return new RouteResponse(JSON.stringify(body), { headers: { ...plain, ...headers } });
}
