import type { Authenticate, Bootstrap, NewToken, TokenRequest } from '#core/api/access.ts';
import type { Route, RouteRequest } from '#core/route.ts';
import type { EventSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { StateDb } from '#storage/postgres/index.ts';
import { type AccountParts, Accounts } from './accounts.ts';
import { createAudit } from './audit.ts';
import { readCredentials } from './credentials.ts';
import { sessionRoutes } from './session-routes.ts';
import { findSession } from './sessions.ts';
import { createSetupLink } from './setup-link.ts';
import type { AccessDb, AccessTables } from './tables.ts';
import { createToken, tokenRoutes } from './token-routes.ts';
import { findToken } from './tokens.ts';
import { hasUsers } from './users.ts';
import { VerifiedCallers } from './verified-callers.ts';

export type AccessOptions = {
  readonly db: StateDb;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Of the product, for `GET /api/bootstrap`. */
  readonly version: string;
  /** The label `host` of this node. */
  readonly host: string;
};

/** Who may do what: users, sessions, API tokens. */
export type Access = {
  readonly routes: readonly Route[];
  /** Costs no round trip for callers seen in the last seconds; known callers go on while the database is away. */
  readonly authenticate: Authenticate;
  /** A new one-time secret for the set-up page while no user exists, else undefined. */
  readonly setupUrlToken: () => Promise<string | undefined>;
  /** Creates the first admin; false when a user exists already. Throws `bad_request` for a bad name or password. */
  readonly createAdmin: (name: string, password: string) => Promise<boolean>;
  readonly createToken: (request: TokenRequest, createdBy: string) => Promise<NewToken>;
};

/** The access feature; its tables are {@link accessMigrations}. */
export function createAccess(options: AccessOptions): Access {
  const { clock, logger } = options;
  const db: AccessDb = options.db.$extendTables<AccessTables>();
  const callers = new VerifiedCallers(clock);
  const parts: AccountParts = { db, clock, callers, audit: createAudit(options) };
  const accounts = new Accounts(parts);
  const setupLink = createSetupLink();
  const usersExist = rememberTrue(() => hasUsers(db));
  const authenticate = createAuthenticate({ db, callers, clock, logger });
  const bootstrap = createBootstrap(options, { authenticate, usersExist });
  return {
    routes: [...sessionRoutes({ ...parts, accounts, setupLink, bootstrap }), ...tokenRoutes(parts)],
    authenticate,
    setupUrlToken: async () => ((await usersExist()) ? undefined : setupLink.issue()),
    createAdmin: async (name, password) =>
      !(await usersExist()) && (await accounts.createFirstAdmin(name, password)) !== undefined,
    createToken: (request, createdBy) => createToken(parts, request, createdBy),
  };
}

type Lookup = { db: AccessDb; callers: VerifiedCallers; clock: Clock; logger: Logger };

function createAuthenticate({ db, callers, clock, logger }: Lookup): Authenticate {
  return async (credentials) => {
    const presented = readCredentials(credentials);
    if (presented === undefined) return undefined;
    const at = (): { now: number; logger: Logger } => ({ now: clock.now(), logger });
    if (presented.kind === 'session') {
      return callers.find(`session ${presented.hash}`, () => findSession(db, presented.hash, at()));
    }
    return callers.find(`token ${presented.id} ${presented.hash}`, () => findToken(db, presented, at()));
  };
}

type Knowledge = { readonly authenticate: Authenticate; readonly usersExist: () => Promise<boolean> };

function createBootstrap({ version, clock, host }: AccessOptions, { authenticate, usersExist }: Knowledge) {
  return async ({ headers }: RouteRequest): Promise<Bootstrap> => {
    const text = (name: string): string | undefined => headers[name]?.toString();
    const caller = await authenticate({ authorization: text('authorization'), cookie: text('cookie') });
    return {
      version,
      serverTime: clock.now(),
      host: caller === undefined ? '' : host,
      setupRequired: caller === undefined && !(await usersExist()),
      user: caller === undefined ? null : { name: caller.name, scope: caller.scope },
    };
  };
}

/** Users are never all gone again: once true, always true, database or not. */
function rememberTrue(ask: () => Promise<boolean>): () => Promise<boolean> {
  let isKnown = false;
  return async () => {
    isKnown ||= await ask();
    return isKnown;
  };
}
