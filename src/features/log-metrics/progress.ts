import type { LogMetricDb } from './tables.ts';

/** How far a rule is: windows that end in (since, until] were written by this definition; ms. */
export type Progress = {
  readonly metric: string;
  readonly definition: string;
  readonly since: number;
  readonly until: number;
};

/** The progress of each rule, by its metric. */
export async function readProgress(db: LogMetricDb): Promise<ReadonlyMap<string, Progress>> {
  const rows = await db.selectFrom('log_metric_progress').selectAll().execute();
  return new Map(rows.map((row) => [row.metric, row]));
}

/** Keeps how far rules are. */
export async function saveProgress(db: LogMetricDb, list: readonly Progress[]): Promise<void> {
  if (list.length === 0) return;
  const values = list.map((one) => ({ ...one, since: new Date(one.since), until: new Date(one.until) }));
  await db
    .insertInto('log_metric_progress')
    .values(values)
    .onConflict((conflict) =>
      conflict.column('metric').doUpdateSet((given) => ({
        definition: given.ref('excluded.definition'),
        since: given.ref('excluded.since'),
        until: given.ref('excluded.until'),
      })),
    )
    .execute();
}

/** Forgets all rules but these. */
export async function forgetProgress(db: LogMetricDb, kept: readonly string[]): Promise<void> {
  const query = db.deleteFrom('log_metric_progress');
  await (kept.length === 0 ? query : query.where('metric', 'not in', kept)).execute();
}
