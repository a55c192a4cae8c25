import type { CatalogueEntry, StoredTarget } from '#core/api/collectors.ts';
import type { CollectorStatus } from '#core/api/status.ts';
import { isFailing } from '#web/data/collectors.ts';

/** One target: how it does, and what is stored of it. One of both is always there. */
export type TargetRow = {
  readonly key: string;
  readonly title: string;
  readonly collector: string;
  readonly target: string;
  readonly status: CollectorStatus | undefined;
  readonly stored: StoredTarget | undefined;
};

/** All targets, those that fail first, then by collector and target; what is switched off stands last. */
export function targetRows(
  statuses: readonly CollectorStatus[],
  stored: readonly StoredTarget[],
  catalogue: readonly CatalogueEntry[],
): readonly TargetRow[] {
  const byName = new Map(stored.map((one) => [`${one.collector} ${one.target}`, one]));
  const running = statuses.map((status) => {
    const { plugin: collector, target, title } = status;
    const key = `${collector} ${target}`;
    return { key, title, collector, target, status, stored: byName.get(key) };
  });
  const shown = new Set(running.map((row) => row.stored?.id));
  const resting = stored
    .filter(({ id }) => !shown.has(id))
    .map((one) => {
      const { id, collector, target } = one;
      const title = catalogue.find((entry) => entry.id === collector)?.title ?? collector;
      return { key: id, title, collector, target, status: undefined, stored: one };
    });
  return [...running, ...resting].sort((a, b) => rank(a) - rank(b) || order(a, b));
}

function rank({ status }: TargetRow): number {
  if (status === undefined) return 2;
  return isFailing(status) ? 0 : 1;
}

function order(a: TargetRow, b: TargetRow): number {
  return a.title.localeCompare(b.title) || a.target.localeCompare(b.target);
}
