import { type ColumnType, type Kysely, sql } from 'kysely';
import type { Migrations } from '#storage/postgres/index.ts';

type Json<Value> = ColumnType<Value, string, string>;

export type CollectorTables = {
  collector_targets: {
    id: string;
    collector: string;
    /** As the plugin names it; with the collector it is unique. */
    target: string;
    origin: 'page' | 'found';
    /** Options as written; secrets are references to secrets of this target. */
    options: Json<Record<string, unknown>>;
    run_interval: string | null;
    run_timeout: string | null;
    labels: Json<Record<string, string>>;
    enabled: boolean;
    /** Found, and removed by hand: remembered so that it is not found again. */
    dismissed: boolean;
    updated_at: ColumnType<number, Date, Date>;
    updated_by: string;
  };
};

export type CollectorDb = Kysely<CollectorTables>;

/** The table of targets that are no part of the configuration. */
export const collectorMigrations: Migrations = {
  '021-collector-targets': {
    up: async (db) => {
      await sql`
        create table collector_targets (
          id text primary key,
          collector text not null,
          target text not null,
          origin text not null,
          options jsonb not null,
          run_interval text,
          run_timeout text,
          labels jsonb not null,
          enabled boolean not null,
          dismissed boolean not null default false,
          updated_at timestamptz not null,
          updated_by text not null,
          unique (collector, target)
        )`.execute(db);
    },
  },
};
