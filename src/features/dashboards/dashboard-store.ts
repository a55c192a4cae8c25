import { randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Dashboard, SaveDashboardRequest, StoredDashboard } from '#core/api/dashboard.ts';
import { AppError } from '#core/errors.ts';
import type { DashboardDb, DashboardTables } from './tables.ts';

const ID_BYTES = 8;
const MAX_LISTED = 5_000;

/** Who writes, and when (ms since the epoch). */
export type By = { readonly name: string; readonly now: number };

/** All stored dashboards, last saved first. */
export async function listDashboards(db: DashboardDb): Promise<StoredDashboard[]> {
  const query = db.selectFrom('dashboards').selectAll().orderBy('updated_at', 'desc').orderBy('id').limit(MAX_LISTED);
  return (await query.execute()).map(stored);
}

/** The dashboard of an id. Throws `not_found`. */
export async function findDashboard(db: DashboardDb, id: string): Promise<StoredDashboard> {
  const row = await db.selectFrom('dashboards').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw missing();
  return stored(row);
}

/** Stores a new dashboard under a new id. */
export async function insertDashboard(db: DashboardDb, dashboard: Dashboard, by: By): Promise<StoredDashboard> {
  const id = randomBytes(ID_BYTES).toString('hex');
  const at = new Date(by.now);
  const row = await db
    .insertInto('dashboards')
    .values({
      id,
      version: 1,
      dashboard: JSON.stringify(dashboard),
      created_at: at,
      updated_at: at,
      updated_by: by.name,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return stored(row);
}

/** Saves over the version that was edited. Throws `conflict` when somebody has saved since, `not_found` when it is gone. */
export async function updateDashboard(
  db: DashboardDb,
  id: string,
  { version, dashboard, by }: SaveDashboardRequest & { readonly by: By },
): Promise<StoredDashboard> {
  const row = await db
    .updateTable('dashboards')
    .set({
      version: version + 1,
      dashboard: JSON.stringify(dashboard),
      updated_at: new Date(by.now),
      updated_by: by.name,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst();
  if (row !== undefined) return stored(row);
  throw stale(await findDashboard(db, id), version);
}

/** Removes a dashboard and returns what it was. Throws `not_found`. */
export async function deleteDashboard(db: DashboardDb, id: string): Promise<StoredDashboard> {
  const row = await db.deleteFrom('dashboards').where('id', '=', id).returningAll().executeTakeFirst();
  if (row === undefined) throw missing();
  return stored(row);
}

function stale({ version, updatedBy, updatedAt, dashboard }: StoredDashboard, edited: number): AppError {
  const when = new Date(updatedAt).toISOString();
  const what = `${updatedBy} saved "${dashboard.title}" as version ${version} at ${when}; you edited version ${edited}`;
  const details = { version, updatedBy, updatedAt };
  return new AppError('conflict', `${what}: reload it, or duplicate it to keep yours beside it`, { details });
}

function missing(): AppError {
  return new AppError('not_found', 'there is no such dashboard (any more)');
}

function stored(row: Selectable<DashboardTables['dashboards']>): StoredDashboard {
  const { id, version, dashboard } = row;
  return { id, version, updatedAt: row.updated_at, updatedBy: row.updated_by, builtIn: false, dashboard };
}
