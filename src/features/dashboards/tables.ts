import { type ColumnType, type Generated, type Kysely, sql } from 'kysely';
import type { Dashboard } from '#core/api/dashboard.ts';
import type { FidelityReport } from '#core/grafana/report.ts';
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
    /** Of one that was imported. Written as JSON text. */
    import_report: ColumnType<FidelityReport | null, string | undefined, never>;
    /** Computed: it has a report. */
    imported: Generated<boolean>;
  };
};

export type DashboardDb = Kysely<DashboardTables>;

/** The table of dashboards, and the reports of those that were imported. */
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
  '015-import-reports': {
    up: async (db) => {
      await sql`
        alter table dashboards
          add column import_report jsonb,
          add column imported boolean not null generated always as (import_report is not null) stored`.execute(db);
    },
  },
};
