import { Link } from '@tanstack/react-router';
import type { CatalogueEntry, TargetOrigin } from '#core/api/collectors.ts';
import type { Search } from '#web/app/search.ts';
import { dashboardVariables } from '#web/data/dashboard-variables.ts';
import { useNow } from '#web/data/use-now.ts';
import { formatAge, formatDuration, formatStep } from '#web/format/duration.ts';
import { formatDateTime } from '#web/format/time.ts';
import { NO_VALUE } from '#web/format/value.ts';
import { buttonClass } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import styles from './collectors.module.css';
import { printLabels } from './target-draft.ts';
import { TargetForm } from './target-form.tsx';
import type { TargetRow } from './target-rows.ts';

const ORIGINS: Readonly<Record<TargetOrigin, string>> = {
  automatic: 'runs by itself',
  config: 'nocmate.yaml',
  file: 'a file of targets',
  dns: 'DNS',
  page: 'this page',
  found: 'found on this host',
};

type TargetDialogProps = {
  readonly row: TargetRow;
  readonly entry: CatalogueEntry | undefined;
  readonly onClose: () => void;
};

/** One target: how it does, and its form where it is stored. */
export function TargetDialog({ row, entry, onClose }: TargetDialogProps) {
  const { title, target, stored } = row;
  return (
    <Dialog title={`${title} ${target}`} onClose={onClose} wide>
      <Facts row={row} entry={entry} />
      {stored !== undefined && entry !== undefined && <TargetForm entry={entry} draft={stored} onDone={onClose} />}
    </Dialog>
  );
}

function Facts({ row, entry }: Pick<TargetDialogProps, 'row' | 'entry'>) {
  const { status, stored } = row;
  const now = useNow();
  const origin = status?.origin ?? stored?.origin;
  const facts: readonly (readonly [string, string])[] = [
    ['From', origin === undefined ? NO_VALUE : ORIGINS[origin]],
    ...(status === undefined ? [] : statusFacts(status, now)),
    ...(stored === undefined
      ? []
      : [['Changed', `${formatDateTime(stored.updatedAt)} by ${stored.updatedBy}`] as const]),
  ];
  return (
    <>
      <dl className={styles.facts}>
        {facts.map(([name, text]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {entry?.dashboard !== undefined && status !== undefined && (
        <div>
          <Link
            className={buttonClass()}
            to="/dashboards/$id"
            params={{ id: entry.dashboard }}
            search={(before: Search) => ({ ...before, tab: undefined, ...dashboardVariables(status.labels) })}
          >
            Open its dashboard
          </Link>
        </div>
      )}
    </>
  );
}

function statusFacts(status: NonNullable<TargetRow['status']>, now: number): readonly (readonly [string, string])[] {
  const { lastError, errorKind, pausedUntil, lastSuccessAt, lastDurationMs, intervalMs } = status;
  const age = lastSuccessAt === 0 ? 'never' : `${formatAge(Math.max(0, now - lastSuccessAt))} ago`;
  return [
    ['Labels', printLabels(status.labels)],
    ['Every', `${formatStep(intervalMs)}, took ${formatDuration(lastDurationMs)}`],
    ['Last success', age],
    ['Runs', `${status.runs}, ${status.failures} failed, ${status.skipped} skipped; ${status.series} series`],
    ...(lastError === '' ? [] : [['Last error', `${errorKind}: ${lastError}`] as const]),
    ...(pausedUntil > now ? [['Asked again in', formatDuration(pausedUntil - now)] as const] : []),
  ];
}
