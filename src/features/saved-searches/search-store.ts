import { randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { SavedSearch, SaveSearchRequest, SearchDraft } from '#core/api/saved-search.ts';
import { AppError } from '#core/errors.ts';
import type { Caller } from '#core/route.ts';
import type { SavedSearchDb, SavedSearchTables } from './tables.ts';

const ID_BYTES = 8;
/** Of one owner. */
const MAX_OWN = 500;
const MAX_LISTED = 5_000;

type Row = Selectable<SavedSearchTables['saved_searches']>;

/** What a caller sees: own and shared ones, by name. */
export async function listSearches(db: SavedSearchDb, caller: Caller): Promise<SavedSearch[]> {
  const rows = await db
    .selectFrom('saved_searches')
    .selectAll()
    .where((is) => is.or([is('owner_key', '=', keyOf(caller)), is('is_shared', '=', true)]))
    .orderBy('updated_at', 'desc')
    .limit(MAX_LISTED)
    .execute();
  return rows.map((row) => stored(row, caller)).sort((a, b) => (a.search.name < b.search.name ? -1 : 1));
}

/** The search of an id. Throws `not_found`, for what is another's own, too. */
export async function findSearch(db: SavedSearchDb, caller: Caller, id: string): Promise<SavedSearch> {
  const row = await db.selectFrom('saved_searches').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined || !(row.is_shared || row.owner_key === keyOf(caller))) {
    throw new AppError('not_found', 'there is no such saved search (any more), or it is not shared');
  }
  return stored(row, caller);
}

/** Keeps a new search. Throws `bad_request` when its owner has too many. */
export async function insertSearch(
  db: SavedSearchDb,
  { caller, now }: { readonly caller: Caller; readonly now: number },
  search: SearchDraft,
): Promise<SavedSearch> {
  const owner_key = keyOf(caller);
  const own = await db
    .selectFrom('saved_searches')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('owner_key', '=', owner_key)
    .executeTakeFirstOrThrow();
  if (own.n >= MAX_OWN) {
    throw new AppError(
      'bad_request',
      `${caller.name} has ${MAX_OWN} saved searches, the most there may be: delete some`,
    );
  }
  const row = await db
    .insertInto('saved_searches')
    .values({
      ...{ id: randomBytes(ID_BYTES).toString('hex'), version: 1, owner_key, owner: caller.name },
      ...{ is_shared: search.shared, search: JSON.stringify(search), updated_at: new Date(now) },
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return stored(row, caller);
}

/** Saves over the version that was edited. Throws `conflict`, `forbidden`, `not_found`. */
export async function updateSearch(
  db: SavedSearchDb,
  id: string,
  { version, search, caller, now }: SaveSearchRequest & { readonly caller: Caller; readonly now: number },
): Promise<SavedSearch> {
  await findChangeable(db, caller, id);
  const row = await db
    .updateTable('saved_searches')
    .set({
      ...{ version: version + 1, is_shared: search.shared },
      ...{ search: JSON.stringify(search), updated_at: new Date(now) },
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst();
  if (row !== undefined) return stored(row, caller);
  const found = await findSearch(db, caller, id);
  throw new AppError('conflict', `"${found.search.name}" was saved since: open it again, or save yours as another`, {
    details: { version: found.version },
  });
}

/** Removes a search and returns what it was. Throws `forbidden`, `not_found`. */
export async function deleteSearch(db: SavedSearchDb, caller: Caller, id: string): Promise<SavedSearch> {
  const found = await findChangeable(db, caller, id);
  await db.deleteFrom('saved_searches').where('id', '=', id).execute();
  return found;
}

async function findChangeable(db: SavedSearchDb, caller: Caller, id: string): Promise<SavedSearch> {
  const found = await findSearch(db, caller, id);
  if (found.canChange) return found;
  const message = `"${found.search.name}" is ${found.owner}'s: save a copy of your own`;
  throw new AppError('forbidden', message);
}

const keyOf = ({ kind, id }: Caller): string => `${kind}:${id}`;

function stored(row: Row, caller: Caller): SavedSearch {
  const { id, version, search, owner } = row;
  const canChange = row.owner_key === keyOf(caller) || caller.scope === 'admin';
  return { id, version, search, owner, canChange, updatedAt: row.updated_at };
}
