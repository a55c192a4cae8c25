import { SaveSearchRequest, SearchDraft } from '#core/api/saved-search.ts';
import { AppError } from '#core/errors.ts';
import { parseLogQuery } from '#core/log-query/parse.ts';
import { type Caller, defineRoute, type Route } from '#core/route.ts';
import type { Clock } from '#io/clock.ts';
import type { StateDb } from '#storage/postgres/index.ts';
import { deleteSearch, findSearch, insertSearch, listSearches, updateSearch } from './search-store.ts';
import type { SavedSearchDb, SavedSearchTables } from './tables.ts';

export type SavedSearches = { readonly routes: readonly Route[] };

type Context = { readonly db: SavedSearchDb; readonly clock: Pick<Clock, 'now'> };

const PATH = '/api/saved-searches';

/** Searches of logs that users keep, for themselves or for all. */
export function createSavedSearches({ db, clock }: { readonly db: StateDb } & Pick<Context, 'clock'>): SavedSearches {
  const context = { db: db.$extendTables<SavedSearchTables>(), clock };
  return { routes: [...readRoutes(context), ...changeRoutes(context)] };
}

function readRoutes({ db }: Context): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: PATH,
      permission: 'read',
      handler: ({ caller }) => listSearches(db, known(caller)),
    }),
    defineRoute({
      method: 'GET',
      path: `${PATH}/:id`,
      permission: 'read',
      handler: ({ caller, params }) => findSearch(db, known(caller), params['id'] ?? ''),
    }),
  ];
}

/** Whoever reads may keep searches for himself; sharing one needs the scope write. */
function changeRoutes({ db, clock }: Context): Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: PATH,
      permission: 'read',
      body: SearchDraft,
      handler: ({ caller, body }) => {
        const by = known(caller);
        return insertSearch(db, { caller: by, now: clock.now() }, checked(body, by));
      },
    }),
    defineRoute({
      method: 'PUT',
      path: `${PATH}/:id`,
      permission: 'read',
      body: SaveSearchRequest,
      handler: ({ caller, params, body }) => {
        const by = known(caller);
        const search = checked(body.search, by);
        return updateSearch(db, params['id'] ?? '', { version: body.version, search, caller: by, now: clock.now() });
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: `${PATH}/:id`,
      permission: 'read',
      handler: async ({ caller, params }) => {
        await deleteSearch(db, known(caller), params['id'] ?? '');
        return {};
      },
    }),
  ];
}

function known(caller: Caller | undefined): Caller {
  if (caller === undefined) throw new AppError('unauthenticated', 'log in to keep searches');
  return caller;
}

/** A query that cannot be read is refused before it is kept. */
function checked(search: SearchDraft, { scope, name }: Caller): SearchDraft {
  parseLogQuery(search.query);
  if (search.shared && scope === 'read') {
    throw new AppError('forbidden', `sharing a search needs the scope "write"; ${name} has "read"`);
  }
  return search;
}
