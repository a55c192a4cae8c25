import { Dashboard, SaveDashboardRequest, type StoredDashboard } from '#core/api/dashboard.ts';
import { ImportDashboardRequest } from '#core/api/import-dashboard.ts';
import { AppError } from '#core/errors.ts';
import { type Caller, defineRoute, type Route } from '#core/route.ts';
import type { EventSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { StateDb } from '#storage/postgres/index.ts';
import {
  type By,
  deleteDashboard,
  findDashboard,
  findImportReport,
  insertDashboard,
  listDashboards,
  updateDashboard,
} from './dashboard-store.ts';
import type { DashboardDb, DashboardTables } from './tables.ts';

export type DashboardsOptions = {
  readonly db: StateDb;
  /** Read-only dashboards that come with the product and its plugins. */
  readonly builtIn: readonly { readonly id: string; readonly dashboard: Dashboard }[];
  readonly clock: Clock;
  readonly events: EventSink;
};

export type Dashboards = { readonly routes: readonly Route[] };

type Context = {
  readonly db: DashboardDb;
  readonly builtIn: ReadonlyMap<string, StoredDashboard>;
  readonly by: (caller: Caller | undefined) => By;
  readonly record: (kind: string, dashboard: StoredDashboard, by: By) => void;
};

/** The largest dashboard of a user; the schema's own bounds lie far above what a browser can draw. */
const MAX_BODY = 2 * 1024 * 1024;
/** One with the report of its import. */
const MAX_IMPORT = 2 * MAX_BODY;
const MAX_TITLE = 200;
const COPY = ' (copy)';

/** Dashboards: built-in and users' own. The table is {@link dashboardMigrations}. */
export function createDashboards({ db, builtIn, clock, events }: DashboardsOptions): Dashboards {
  const startedAt = clock.now();
  const fixed = { version: 1, updatedAt: startedAt, updatedBy: 'nocmate', builtIn: true, imported: false } as const;
  const context: Context = {
    db: db.$extendTables<DashboardTables>(),
    builtIn: new Map(builtIn.map(({ id, dashboard }) => [id, { id, ...fixed, dashboard }])),
    by: (caller) => ({ name: caller?.name ?? '', now: clock.now() }),
    record: (kind, { id, dashboard }, { name, now }) => {
      const message = `${name} ${kind} the dashboard ${dashboard.title}`;
      const labels = { user: name, dashboard: id };
      events.append({ t: now, kind: `dashboard.${kind}`, severity: 'info', message, labels });
    },
  };
  return { routes: [...readRoutes(context), ...createRoutes(context), ...changeRoutes(context)] };
}

function readRoutes(context: Context): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/dashboards',
      permission: 'read',
      handler: async () => [...context.builtIn.values(), ...(await listDashboards(context.db))],
    }),
    defineRoute({
      method: 'GET',
      path: '/api/dashboards/:id',
      permission: 'read',
      handler: ({ params }) => find(context, params['id'] ?? ''),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/dashboards/:id/import-report',
      permission: 'read',
      handler: ({ params }) => findImportReport(context.db, params['id'] ?? ''),
    }),
  ];
}

function createRoutes(context: Context): Route[] {
  const create = async (
    made: Parameters<typeof insertDashboard>[1],
    caller: Caller | undefined,
  ): Promise<StoredDashboard> => {
    const by = context.by(caller);
    const created = await insertDashboard(context.db, made, by);
    context.record('created', created, by);
    return created;
  };
  return [
    defineRoute({
      method: 'POST',
      path: '/api/dashboards',
      permission: 'write',
      body: Dashboard,
      bodyLimitBytes: MAX_BODY,
      handler: ({ body, caller }) => create({ dashboard: checked(body) }, caller),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/dashboards/import',
      permission: 'write',
      body: ImportDashboardRequest,
      bodyLimitBytes: MAX_IMPORT,
      handler: ({ body: { dashboard, report }, caller }) => create({ dashboard: checked(dashboard), report }, caller),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/dashboards/:id/duplicate',
      permission: 'write',
      handler: async ({ params, caller }) => {
        const { dashboard } = await find(context, params['id'] ?? '');
        const title = dashboard.title.slice(0, MAX_TITLE - COPY.length) + COPY;
        return create({ dashboard: { ...dashboard, title } }, caller);
      },
    }),
  ];
}

function changeRoutes(context: Context): Route[] {
  return [
    defineRoute({
      method: 'PUT',
      path: '/api/dashboards/:id',
      permission: 'write',
      body: SaveDashboardRequest,
      bodyLimitBytes: MAX_BODY,
      handler: async ({ params, body, caller }) => {
        const id = changeable(context, params['id'] ?? '');
        const by = context.by(caller);
        const { version, dashboard } = body;
        const saved = await updateDashboard(context.db, id, { version, dashboard: checked(dashboard), by });
        context.record('saved', saved, by);
        return saved;
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/dashboards/:id',
      permission: 'write',
      handler: async ({ params, caller }) => {
        const deleted = await deleteDashboard(context.db, changeable(context, params['id'] ?? ''));
        context.record('deleted', deleted, context.by(caller));
        return {};
      },
    }),
  ];
}

async function find({ db, builtIn }: Context, id: string): Promise<StoredDashboard> {
  return builtIn.get(id) ?? findDashboard(db, id);
}

function changeable({ builtIn }: Context, id: string): string {
  const fixed = builtIn.get(id);
  if (fixed === undefined) return id;
  const message = `"${fixed.dashboard.title}" comes with the product and cannot be changed: duplicate it and change the copy`;
  throw new AppError('forbidden', message);
}

/** Panels are addressed by their id, variables by their name. */
function checked(dashboard: Dashboard): Dashboard {
  const twicePanel = firstTwice(dashboard.panels.map(({ id }) => id));
  if (twicePanel !== undefined) throw new AppError('bad_request', `two panels have the id "${twicePanel}"`);
  const twiceVariable = firstTwice(dashboard.variables.map(({ name }) => name));
  if (twiceVariable !== undefined) throw new AppError('bad_request', `two variables are named "${twiceVariable}"`);
  return dashboard;
}

function firstTwice(values: readonly string[]): string | undefined {
  return values.find((value, i) => values.indexOf(value) !== i);
}
