import { type ColumnType, type Kysely, sql } from 'kysely';
import type { SearchDraft } from '#core/api/saved-search.ts';
import type { Migrations } from '#storage/postgres/index.ts';

export type SavedSearchTables = {
  saved_searches: {
    id: string;
    /** Grows by one with each save. */
    version: number;
    /** Kind and id of the caller who made it: `user:7`. */
    owner_key: string;
    owner: string;
    is_shared: boolean;
    /** Written as JSON text. */
    search: ColumnType<SearchDraft, string, string>;
    updated_at: ColumnType<number, Date, Date>;
  };
};

export type SavedSearchDb = Kysely<SavedSearchTables>;

/** The table of saved searches. */
export const savedSearchMigrations: Migrations = {
  '013-saved-searches': {
    up: async (db) => {
      await sql`
        create table saved_searches (
          id text primary key,
          version bigint not null,
          owner_key text not null,
          owner text not null,
          is_shared boolean not null,
          search jsonb not null,
          updated_at timestamptz not null
        )`.execute(db);
      await sql`create index saved_searches_owner on saved_searches (owner_key)`.execute(db);
    },
  },
};
