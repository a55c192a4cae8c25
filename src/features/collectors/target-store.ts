import type { Selectable } from 'kysely';
import type { StoredTarget, TargetRequest } from '#core/api/collectors.ts';
import { AppError } from '#core/errors.ts';
import type { CollectorDb, CollectorTables } from './tables.ts';

/** A target as it is kept: what was asked for, with references in the place of secrets. */
export type KeptTarget = Omit<TargetRequest, 'secrets'> & {
  readonly id: string;
  readonly target: string;
  readonly origin: StoredTarget['origin'];
  readonly dismissed: boolean;
  readonly updatedAt: number;
  readonly updatedBy: string;
};

type Row = Selectable<CollectorTables['collector_targets']>;

/** All kept targets, dismissed ones too, by collector and target. */
export async function readTargets(db: CollectorDb): Promise<KeptTarget[]> {
  const rows = await db.selectFrom('collector_targets').selectAll().orderBy('collector').orderBy('target').execute();
  return rows.map(keptOf);
}

/** The target of an id. Throws `not_found`. */
export async function findTarget(db: CollectorDb, id: string): Promise<KeptTarget> {
  const row = await db.selectFrom('collector_targets').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined || row.dismissed) throw new AppError('not_found', 'this target is gone');
  return keptOf(row);
}

/** Writes a target under its id. Throws `conflict` when another has this collector and target. */
export async function writeTarget(db: CollectorDb, kept: KeptTarget): Promise<void> {
  const { id, collector, target } = kept;
  const values = {
    ...{ collector, target, origin: kept.origin, enabled: kept.enabled, dismissed: kept.dismissed },
    ...{ run_interval: kept.interval ?? null, run_timeout: kept.timeout ?? null, updated_by: kept.updatedBy },
    ...{ options: JSON.stringify(kept.options), labels: JSON.stringify(kept.labels) },
    updated_at: new Date(kept.updatedAt),
  };
  await db.transaction().execute(async (step) => {
    const others = step.selectFrom('collector_targets').select(['id', 'dismissed']).where('id', '!=', id);
    const twin = await others.where('collector', '=', collector).where('target', '=', target).executeTakeFirst();
    if (twin?.dismissed === false) throw new AppError('conflict', `${collector} of ${target} is collected already`);
    if (twin !== undefined) await step.deleteFrom('collector_targets').where('id', '=', twin.id).execute();
    await step
      .insertInto('collector_targets')
      .values({ id, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute();
  });
}

export async function deleteTarget(db: CollectorDb, id: string): Promise<void> {
  await db.deleteFrom('collector_targets').where('id', '=', id).execute();
}

function keptOf(row: Row): KeptTarget {
  const { id, collector, target, origin, options, labels, enabled, dismissed } = row;
  return {
    ...{ id, collector, target, origin, options, labels, enabled, dismissed },
    ...(row.run_interval === null ? {} : { interval: row.run_interval }),
    ...(row.run_timeout === null ? {} : { timeout: row.run_timeout }),
    ...{ updatedAt: row.updated_at, updatedBy: row.updated_by },
  };
}
