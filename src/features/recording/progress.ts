import { type ColumnType, sql } from 'kysely';
import type { Migrations, StateDb } from '#storage/postgres/index.ts';

type ProgressTables = { recording_progress: { name: string; evaluated_at: ColumnType<number, Date, Date> } };

/** Up to when groups were evaluated. */
export const recordingMigrations: Migrations = {
  '012-recording-progress': {
    up: async (db) => {
      await sql`create table recording_progress (name text primary key, evaluated_at timestamptz not null)`.execute(db);
    },
  },
};

/** The time (ms) of the last evaluation of each group, by its name. */
export async function readProgress(db: StateDb): Promise<ReadonlyMap<string, number>> {
  const rows = await db.$extendTables<ProgressTables>().selectFrom('recording_progress').selectAll().execute();
  return new Map(rows.map((row) => [row.name, row.evaluated_at]));
}

/** Keeps that a group was evaluated at a time, ms. */
export async function saveProgress(db: StateDb, name: string, at: number): Promise<void> {
  await db
    .$extendTables<ProgressTables>()
    .insertInto('recording_progress')
    .values({ name, evaluated_at: new Date(at) })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ evaluated_at: new Date(at) }))
    .execute();
}

/** Forgets the groups that are no more. */
export async function forgetProgress(db: StateDb, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await db.$extendTables<ProgressTables>().deleteFrom('recording_progress').where('name', 'in', names).execute();
}
