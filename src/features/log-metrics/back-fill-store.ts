import type { Selectable } from 'kysely';
import type { BackFill } from '#core/log-metrics/log-metrics-api.ts';
import type { LogMetricDb, LogMetricTables } from './tables.ts';

/** Older ones are forgotten. */
const MAX_LISTED = 50;

export type NewBackFill = Pick<BackFill, 'metric' | 'from' | 'to' | 'createdAt' | 'createdBy'>;
export type BackFillStep = Partial<Pick<BackFill, 'doneUntil' | 'state' | 'error'>>;

/** What was asked for, newest first. */
export async function listBackFills(db: LogMetricDb): Promise<BackFill[]> {
  const query = db.selectFrom('log_metric_back_fills').selectAll().orderBy('id', 'desc').limit(MAX_LISTED);
  return (await query.execute()).map(stored);
}

/** The one that is to go on: what was begun, or waits longest. */
export async function nextBackFill(db: LogMetricDb): Promise<BackFill | undefined> {
  const open = db.selectFrom('log_metric_back_fills').selectAll().where('state', 'in', ['running', 'waiting']);
  const row = await open.orderBy('state').orderBy('id').limit(1).executeTakeFirst();
  return row === undefined ? undefined : stored(row);
}

export async function insertBackFill(db: LogMetricDb, { metric, from, to, ...given }: NewBackFill): Promise<BackFill> {
  const [begins, ends] = [new Date(from), new Date(to)];
  const by = { created_at: new Date(given.createdAt), created_by: given.createdBy };
  const row = await db
    .insertInto('log_metric_back_fills')
    .values({ metric, begins, ends, done_until: begins, state: 'waiting', error: '', ...by })
    .returningAll()
    .executeTakeFirstOrThrow();
  await db
    .deleteFrom('log_metric_back_fills')
    .where('id', '<=', row.id - MAX_LISTED)
    .execute();
  return stored(row);
}

/** Changes one that has not ended; undefined when it has, or is none. */
export async function updateBackFill(
  db: LogMetricDb,
  id: number,
  { doneUntil, ...step }: BackFillStep,
): Promise<BackFill | undefined> {
  const row = await db
    .updateTable('log_metric_back_fills')
    .set({ ...step, ...(doneUntil === undefined ? {} : { done_until: new Date(doneUntil) }) })
    .where('id', '=', id)
    .where('state', 'in', ['running', 'waiting'])
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : stored(row);
}

function stored(row: Selectable<LogMetricTables['log_metric_back_fills']>): BackFill {
  const { id, metric, state, error } = row;
  return {
    ...{ id, metric, state, error },
    ...{ from: row.begins, to: row.ends, doneUntil: row.done_until },
    ...{ createdAt: row.created_at, createdBy: row.created_by },
  };
}
