import { type ColumnType, type Kysely, sql } from 'kysely';
import type { Scope } from '#core/route.ts';
import type { Migrations } from '#storage/postgres/index.ts';

/** timestamptz: read as ms since the epoch, written as Date. */
type Time = ColumnType<number, Date, Date>;

export type AccessTables = {
  users: {
    id: string;
    name: string;
    /** argon2id, PHC string format. */
    password_hash: string;
    scope: Scope;
    created_at: ColumnType<number, Date, never>;
  };
  sessions: {
    /** SHA-256 (hex) of what the cookie holds. */
    id: string;
    user_id: string;
    created_at: ColumnType<number, Date, never>;
    last_seen_at: Time;
    /** The end, however busy the session is. */
    expires_at: ColumnType<number, Date, never>;
    address: string;
  };
  api_tokens: {
    id: string;
    name: string;
    scope: Scope;
    /** SHA-256 (hex) of the secret part. */
    secret_hash: string;
    created_at: ColumnType<number, Date, never>;
    created_by: string;
    expires_at: ColumnType<number | null, Date | null, never>;
    last_used_at: ColumnType<number | null, undefined, Date>;
  };
};

export type AccessDb = Kysely<AccessTables>;

/** The tables of users, sessions and tokens. */
export const accessMigrations: Migrations = {
  '001-access': {
    up: async (db) => {
      await sql`
        create table users (
          id text primary key,
          name text not null unique,
          password_hash text not null,
          scope text not null check (scope in ('read', 'write', 'admin')),
          created_at timestamptz not null
        )`.execute(db);
      await sql`
        create table sessions (
          id text primary key,
          user_id text not null references users on delete cascade,
          created_at timestamptz not null,
          last_seen_at timestamptz not null,
          expires_at timestamptz not null,
          address text not null
        )`.execute(db);
      await sql`create index sessions_user on sessions (user_id)`.execute(db);
      await sql`
        create table api_tokens (
          id text primary key,
          name text not null,
          scope text not null check (scope in ('read', 'write', 'admin', 'ingest')),
          secret_hash text not null,
          created_at timestamptz not null,
          created_by text not null,
          expires_at timestamptz,
          last_used_at timestamptz
        )`.execute(db);
    },
  },
};
