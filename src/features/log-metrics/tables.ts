import { type ColumnType, type Generated, type Kysely, sql } from 'kysely';
import type { BackFill } from '#core/log-metrics/log-metrics-api.ts';
import type { Migrations } from '#storage/postgres/index.ts';

type Time = ColumnType<number, Date, Date>;

export type LogMetricTables = {
  log_metric_progress: {
    metric: string;
    /** The rule that wrote the windows between `since` and `until`, as JSON text. */
    definition: string;
    since: Time;
    until: Time;
  };
  log_metric_back_fills: {
    id: Generated<number>;
    metric: string;
    begins: Time;
    ends: Time;
    done_until: Time;
    state: BackFill['state'];
    error: string;
    created_at: Time;
    created_by: string;
  };
};

export type LogMetricDb = Kysely<LogMetricTables>;

/** How far rules are evaluated, and what is evaluated of the past. */
export const logMetricMigrations: Migrations = {
  '015-log-metrics': {
    up: async (db) => {
      await sql`
        create table log_metric_progress (
          metric text primary key,
          definition text not null,
          since timestamptz not null,
          until timestamptz not null
        )`.execute(db);
      await sql`
        create table log_metric_back_fills (
          id bigint generated always as identity primary key,
          metric text not null,
          begins timestamptz not null,
          ends timestamptz not null,
          done_until timestamptz not null,
          state text not null,
          error text not null,
          created_at timestamptz not null,
          created_by text not null
        )`.execute(db);
    },
  },
};
