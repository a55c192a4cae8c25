import { sql } from 'kysely';
import type { LogRuleVersion } from '#core/api/log-rule-api.ts';
import { LogRules } from '#core/api/log-rules.ts';
import { AppError } from '#core/errors.ts';
import type { LogRuleDb } from './tables.ts';

/** A saved version; version 0: nothing was ever saved. */
export type SavedRules = {
  readonly version: number;
  readonly updatedAt: number;
  readonly updatedBy: string;
  readonly rules: LogRules;
};

export type RulesSave = {
  /** The version that was edited. */
  readonly version: number;
  readonly rules: LogRules;
  readonly restored?: number;
  readonly by: string;
  /** ms since the epoch. */
  readonly now: number;
};

const MAX_LISTED = 500;
const NONE: SavedRules = { version: 0, updatedAt: 0, updatedBy: '', rules: LogRules.parse({}) };

/** The newest version. */
export async function readRules(db: LogRuleDb): Promise<SavedRules> {
  const row = await db.selectFrom('log_rule_versions').selectAll().orderBy('version', 'desc').limit(1).execute();
  return row[0] === undefined ? NONE : saved(row[0]);
}

/** A version of old. Throws `not_found`. */
export async function findRules(db: LogRuleDb, version: number): Promise<SavedRules> {
  const row = await db.selectFrom('log_rule_versions').selectAll().where('version', '=', version).executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', `there is no version ${version} of the log rules`);
  return saved(row);
}

/** Keeps a new version behind the one that was edited. Throws `conflict` when somebody has saved since. */
export async function saveRules(db: LogRuleDb, save: RulesSave): Promise<SavedRules> {
  const { version, rules, restored, by, now } = save;
  const row = await db
    .insertInto('log_rule_versions')
    .columns(['version', 'rules', 'restored', 'saved_at', 'saved_by'])
    .expression(
      sql`select ${version + 1}::bigint, ${JSON.stringify(rules)}::jsonb, ${restored ?? null}::bigint,
        ${new Date(now)}::timestamptz, ${by}::text
        where (select coalesce(max(version), 0) from log_rule_versions) = ${version}`,
    )
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row !== undefined) return saved(row);
  throw stale(await readRules(db), version);
}

/** What was saved when and by whom, newest first. */
export async function listVersions(db: LogRuleDb): Promise<LogRuleVersion[]> {
  const rows = await db
    .selectFrom('log_rule_versions')
    .selectAll()
    .orderBy('version', 'desc')
    .limit(MAX_LISTED)
    .execute();
  return rows.map(({ version, rules, restored, saved_at: savedAt, saved_by: savedBy }) => ({
    ...{ version, savedAt, savedBy },
    rules: rules.rules.length,
    enabled: rules.rules.filter(({ enabled }) => enabled).length,
    ...(restored === null ? {} : { restored }),
  }));
}

type Row = { readonly version: number; readonly rules: LogRules; readonly saved_at: number; readonly saved_by: string };

/** Defaults of steps that are newer than the version are filled in. */
function saved({ version, rules, saved_at, saved_by }: Row): SavedRules {
  return { version, updatedAt: saved_at, updatedBy: saved_by, rules: LogRules.parse(rules) };
}

function stale({ version, updatedBy, updatedAt }: SavedRules, edited: number): AppError {
  const when = new Date(updatedAt).toISOString();
  const message = `${updatedBy} saved version ${version} at ${when}; you edited version ${edited}: reload and change that one`;
  return new AppError('conflict', message, { details: { version, updatedBy, updatedAt } });
}
