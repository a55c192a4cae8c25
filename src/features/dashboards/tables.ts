import { type ColumnType, type Kysely, sql } from 'kysely';
import type { Dashboard } from '#core/api/dashboard.ts';
import type { Migrations } from '#storage/postgres/index.ts';

export type DashboardTables = {
  dashboards: {
    id: string;
    /** Grows by one with each save. */
    version: number;
    /** Written as JSON text. */
    dashboard: ColumnType<Dashboard, string, string>;
    created_at: ColumnType<number, Date, never>;
    updated_at: ColumnType<number, Date, Date>;
    updated_by: string;
  };
};

export type DashboardDb = Kysely<DashboardTables>;

/** The table of dashboards. */
export const dashboardMigrations: Migrations = {
  '002-dashboards': {
    up: async (db) => {
      await sql`
        create table dashboards (
          id text primary key,
          version bigint not null,
          dashboard jsonb not null,
          created_at timestamptz not null,
          updated_at timestamptz not null,
          updated_by text not null
        )`.execute(db);
    },
  },
};
