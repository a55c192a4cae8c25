import { Kysely, PostgresDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import { AppError, messageOf } from '#core/errors.ts';
import type { Logger } from '#io/log.ts';
import { type Connection, driverOptions } from './connection.ts';
import { asAppError } from './fault.ts';

/** Steps of the schema by name: `001-access`, `002-dashboards`. Names are never changed once released. */
export type Migrations = Readonly<Record<string, Migration>>;

/**
 * Brings the schema up to date, one process at a time (advisory lock) and all or nothing (one transaction). Throws
 * `conflict` when the database is of a newer release.
 */
export async function migrate(connection: Connection, migrations: Migrations, logger: Logger): Promise<void> {
  const pool = new pg.Pool({ ...driverOptions(connection, 0), max: 1 });
  pool.on('error', (error) => logger.debug({ err: error }, 'the connection of the migrations broke'));
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    await run(db, migrations, logger);
  } catch (error) {
    throw asAppError(error);
  } finally {
    await db.destroy();
  }
}

async function run(db: Kysely<unknown>, migrations: Migrations, logger: Logger): Promise<void> {
  const { error, results = [] } = await new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...migrations }) },
    migrationTableName: 'schema_migrations',
    migrationLockTableName: 'schema_migrations_lock',
    // Features number their steps on their own: one that joins later may sort before those applied.
    allowUnorderedMigrations: true,
  }).migrateToLatest();
  if (error === undefined) {
    for (const { migrationName } of results) logger.info({ migration: migrationName }, 'state schema migrated');
    return;
  }
  if (/corrupted migrations/.test(messageOf(error))) {
    const message = 'the state database is of another release: use the release that wrote it, or restore a backup';
    throw new AppError('conflict', `${message} (${messageOf(error)})`, { cause: error });
  }
  throw error;
}
