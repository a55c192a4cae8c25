import { type ColumnType, type Kysely, sql } from 'kysely';
import type { LogRules } from '#core/api/log-rules.ts';
import type { Migrations } from '#storage/postgres/index.ts';

export type LogRuleTables = {
  log_rule_versions: {
    /** From 1, without gaps; the last one is in force. */
    version: number;
    /** Written as JSON text. */
    rules: ColumnType<LogRules, string, never>;
    /** The version that this one restored. */
    restored: number | null;
    saved_at: ColumnType<number, Date, never>;
    saved_by: string;
  };
};

export type LogRuleDb = Kysely<LogRuleTables>;

/** The table of all versions of the log rules. */
export const logRuleMigrations: Migrations = {
  '016-log-rules': {
    up: async (db) => {
      await sql`
        create table log_rule_versions (
          version bigint primary key,
          rules jsonb not null,
          restored bigint,
          saved_at timestamptz not null,
          saved_by text not null
        )`.execute(db);
    },
  },
};
