import { type ColumnType, type Kysely, type Selectable, sql } from 'kysely';
import { AppError } from '#core/errors.ts';
import type { Migrations } from './migrate.ts';

/** JSON documents by name, each saved whole and with a version that grows. */
export type DocumentTables = {
  documents: {
    name: string;
    version: number;
    /** Written as JSON text. */
    content: ColumnType<unknown, string, string>;
    updated_at: ColumnType<number, Date, Date>;
    updated_by: string;
  };
};

export type VersionedDocument<Content> = {
  readonly version: number;
  /** Milliseconds since the epoch; 0: never saved. */
  readonly updatedAt: number;
  readonly updatedBy: string;
  readonly content: Content;
};

export type DocumentSave<Content> = {
  /** The version that was edited; 0 before the first save. */
  readonly version: number;
  readonly content: Content;
  readonly by: string;
  readonly now: number;
};

/** The table of documents. */
export const documentMigrations: Migrations = {
  '010-documents': {
    up: async (db) => {
      await sql`
        create table documents (
          name text primary key,
          version bigint not null,
          content jsonb not null,
          updated_at timestamptz not null,
          updated_by text not null
        )`.execute(db);
    },
  },
};

type Db = Kysely<DocumentTables>;

/** The document as it is; version 0 and what `parse` makes of undefined before the first save. */
export async function readDocument<Content>(
  db: Db,
  name: string,
  parse: (content: unknown) => Content,
): Promise<VersionedDocument<Content>> {
  const row = await db.selectFrom('documents').selectAll().where('name', '=', name).executeTakeFirst();
  return stored(row, parse);
}

/** Saves over the version that was edited. Throws `conflict` when somebody has saved since. */
export async function saveDocument<Content>(
  db: Db,
  name: string,
  { version, content, by, now }: DocumentSave<Content>,
): Promise<VersionedDocument<Content>> {
  const values = { version: version + 1, content: JSON.stringify(content), updated_at: new Date(now), updated_by: by };
  const saved =
    version === 0
      ? db
          .insertInto('documents')
          .values({ name, ...values })
          .onConflict((conflict) => conflict.doNothing())
      : db.updateTable('documents').set(values).where('name', '=', name).where('version', '=', version);
  const row = await saved.returningAll().executeTakeFirst();
  if (row !== undefined) return { version: row.version, updatedAt: row.updated_at, updatedBy: row.updated_by, content };
  throw stale(await readDocument(db, name, (found) => found), version);
}

function stored<Content>(
  row: Selectable<DocumentTables['documents']> | undefined,
  parse: (content: unknown) => Content,
): VersionedDocument<Content> {
  if (row === undefined) return { version: 0, updatedAt: 0, updatedBy: '', content: parse(undefined) };
  const { version, updated_at: updatedAt, updated_by: updatedBy, content } = row;
  return { version, updatedAt, updatedBy, content: parse(content) };
}

function stale({ version, updatedBy, updatedAt }: VersionedDocument<unknown>, edited: number): AppError {
  const when = new Date(updatedAt).toISOString();
  const message = `${updatedBy} saved version ${version} at ${when}; you edited version ${edited}: reload and change that one`;
  return new AppError('conflict', message, { details: { version, updatedBy, updatedAt } });
}
