import { type NewToken, TokenRequest } from '#core/api/access.ts';
import { AppError } from '#core/errors.ts';
import { isLabelText } from '#core/model/labels.ts';
import { defineRoute, type Route } from '#core/route.ts';
import type { AccountParts } from './accounts.ts';
import { deleteToken, insertToken, listTokens } from './tokens.ts';
import { listUsers } from './users.ts';

/** Makes a token and writes it down in the audit. Throws `bad_request` for a name with control characters. */
export async function createToken(parts: AccountParts, request: TokenRequest, createdBy: string): Promise<NewToken> {
  if (!isLabelText(request.name)) throw new AppError('bad_request', 'a token name holds visible characters only');
  const token = await insertToken(parts.db, request, { createdBy, now: parts.clock.now() });
  const message = `${createdBy} created the ${token.scope} token ${token.name}`;
  parts.audit({ kind: 'token.created', message, user: createdBy });
  return token;
}

/** Routes of tokens and users: for admins, since a token is as good as its scope. */
export function tokenRoutes(parts: AccountParts): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/tokens',
      permission: 'admin',
      handler: () => listTokens(parts.db),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/tokens',
      permission: 'admin',
      body: TokenRequest,
      handler: ({ body, caller }) => createToken(parts, body, caller?.name ?? ''),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/tokens/:id',
      permission: 'admin',
      handler: async ({ params, caller }) => {
        const id = params['id'] ?? '';
        const name = await deleteToken(parts.db, id);
        if (name === undefined) throw new AppError('not_found', 'there is no such token (any more)');
        parts.callers.forget((known) => known.kind === 'token' && known.id === id);
        const by = caller?.name ?? '';
        parts.audit({ kind: 'token.revoked', message: `${by} revoked the token ${name}`, user: by });
        return {};
      },
    }),
    defineRoute({ method: 'GET', path: '/api/users', permission: 'admin', handler: () => listUsers(parts.db) }),
  ];
}
