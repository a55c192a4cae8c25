import { randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Dashboard, SaveDashboardRequest, StoredDashboard } from '#core/api/dashboard.ts';
import type { ImportDashboardRequest } from '#core/api/import-dashboard.ts';
import { AppError } from '#core/errors.ts';
import type { FidelityReport } from '#core/grafana/report.ts';
import type { DashboardDb, DashboardTables } from './tables.ts';

const ID_BYTES = 8;
const MAX_LISTED = 5_000;
/** All but the report of an import, which is asked for alone. */
const COLUMNS = ['id', 'version', 'dashboard', 'updated_at', 'updated_by', 'imported'] as const;

/** Who writes, and when (ms since the epoch). */
export type By = { readonly name: string; readonly now: number };

/** All stored dashboards, last saved first. */
export async function listDashboards(db: DashboardDb): Promise<StoredDashboard[]> {
  const query = db
    .selectFrom('dashboards')
    .select(COLUMNS)
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .limit(MAX_LISTED);
  return (await query.execute()).map(stored);
}

/** The dashboard of an id. Throws `not_found`. */
export async function findDashboard(db: DashboardDb, id: string): Promise<StoredDashboard> {
  const row = await db.selectFrom('dashboards').select(COLUMNS).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw missing();
  return stored(row);
}

/** What became of a dashboard when it was imported. Throws `not_found`. */
export async function findImportReport(db: DashboardDb, id: string): Promise<FidelityReport> {
  const row = await db.selectFrom('dashboards').select('import_report').where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw missing();
  if (row.import_report === null) throw new AppError('not_found', 'this dashboard was not imported from elsewhere');
  return row.import_report;
}

type New = { readonly dashboard: Dashboard } & Partial<ImportDashboardRequest>;

/** Stores a new dashboard under a new id, and with it the report of its import. */
export async function insertDashboard(db: DashboardDb, { dashboard, report }: New, by: By): Promise<StoredDashboard> {
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
      import_report: report === undefined ? undefined : JSON.stringify(report),
    })
    .returning(COLUMNS)
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
    .returning(COLUMNS)
    .executeTakeFirst();
  if (row !== undefined) return stored(row);
  throw stale(await findDashboard(db, id), version);
}

/** Removes a dashboard and returns what it was. Throws `not_found`. */
export async function deleteDashboard(db: DashboardDb, id: string): Promise<StoredDashboard> {
  const row = await db.deleteFrom('dashboards').where('id', '=', id).returning(COLUMNS).executeTakeFirst();
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

type Row = Pick<Selectable<DashboardTables['dashboards']>, (typeof COLUMNS)[number]>;

function stored({ updated_at: updatedAt, updated_by: updatedBy, ...row }: Row): StoredDashboard {
  return { ...row, updatedAt, updatedBy, builtIn: false };
}
