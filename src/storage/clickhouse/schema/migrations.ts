import { createHash } from 'node:crypto';
import { AppError } from '#core/errors.ts';
import type { TelemetryStore } from '../telemetry-store.ts';
import {
  LOG_ALIASES,
  LOG_FIELDS_APART,
  LOG_FIELDS_TOGETHER,
  LOG_MINUTES,
  LOG_PATTERNS,
  LOG_STATEMENTS,
} from './log-statements.ts';
import { MAPPING_STATEMENTS } from './mapping-statements.ts';
import { METRIC_STATEMENTS } from './metric-statements.ts';
import { FIRST_STATEMENTS, FIVE_MINUTE_VIEW } from './statements.ts';

/**
 * One step of the schema: additive and idempotent (new tables, columns with defaults, indexes), because a step that was
 * interrupted runs again. A released migration never changes.
 */
export type Migration = {
  readonly version: number;
  readonly name: string;
  /** Where it applies; both when absent. */
  readonly only?: 'embedded' | 'server';
  readonly statements: readonly string[];
};

export const MIGRATIONS: readonly Migration[] = [
  { version: 1, name: 'samples, series, logs, events', statements: FIRST_STATEMENTS },
  { version: 2, name: 'rollup at insert', only: 'server', statements: [FIVE_MINUTE_VIEW] },
  { version: 3, name: 'histograms, exemplars, metric metadata', statements: METRIC_STATEMENTS },
  { version: 4, name: 'names that rules give to paths', statements: MAPPING_STATEMENTS },
  { version: 5, name: 'logs by lifetime', statements: LOG_STATEMENTS },
  { version: 6, name: 'fields of logs apart', only: 'embedded', statements: LOG_FIELDS_APART },
  { version: 7, name: 'words and pairs of logs', statements: LOG_ALIASES },
  { version: 8, name: 'patterns of logs', statements: LOG_PATTERNS },
  // 9 and 10 were never released, but stand in the journals of some folders: what they made is made again as it is now.
  { version: 11, name: 'minutes and terms of logs', statements: LOG_MINUTES },
  { version: 12, name: 'fields of logs together', only: 'embedded', statements: LOG_FIELDS_TOGETHER },
];

const JOURNAL = `CREATE TABLE IF NOT EXISTS schema_migrations (
  version UInt32, step UInt16, name String, checksum String, applied_at DateTime
) ENGINE = ReplacingMergeTree(applied_at) ORDER BY (version, step)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`;

type Applied = { readonly version: number; readonly step: number; readonly checksum: string };

/**
 * Brings the current database to the newest schema; each statement is journalled when it is done. Throws `conflict` when
 * the journal knows a migration of a newer release, or another text of a known one.
 */
export async function migrate(
  store: TelemetryStore,
  kind: 'embedded' | 'server',
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  await store.command(JOURNAL);
  const applied = await store.rows<Applied>('SELECT version, step, checksum FROM schema_migrations FINAL');
  const newest = Math.max(...migrations.map(({ version }) => version));
  const beyond = applied.find(({ version }) => version > newest);
  if (beyond !== undefined) {
    throw new AppError('conflict', `the telemetry schema is at version ${beyond.version}: start a newer release`);
  }
  const known = new Map(applied.map((entry) => [`${entry.version}/${entry.step}`, entry.checksum]));
  for (const migration of migrations) {
    if (migration.only === undefined || migration.only === kind) await apply(store, migration, known);
  }
}

async function apply(store: TelemetryStore, migration: Migration, known: ReadonlyMap<string, string>): Promise<void> {
  const { version, name } = migration;
  for (const [step, statement] of migration.statements.entries()) {
    const checksum = createHash('sha256').update(statement).digest('hex');
    const recorded = known.get(`${version}/${step}`);
    if (recorded === checksum) continue;
    if (recorded !== undefined) {
      throw new AppError('conflict', `step ${step} of telemetry migration ${version} was applied with another text`);
    }
    await store.command(statement);
    await store.command(
      `INSERT INTO schema_migrations
       SELECT {version:UInt32}, {step:UInt16}, {name:String}, {checksum:String}, now()`,
      { params: { version, step, name, checksum } },
    );
  }
}
