import { isFailing } from '#web/data/collectors.ts';
import { formatAge, formatDuration, formatStep } from '#web/format/duration.ts';
import { formatValue, NO_VALUE } from '#web/format/value.ts';
import { Button } from '#web/ui/button.tsx';
import type { Column } from '#web/ui/data-table-column.ts';
import { StatusPill } from '#web/ui/status-pill.tsx';
import styles from './collectors.module.css';
import type { TargetRow } from './target-rows.ts';

type Status = NonNullable<TargetRow['status']>;

/** Columns of the table of targets; `onOpen` shows one. */
export function targetColumns(now: number, onOpen: (row: TargetRow) => void): readonly Column<TargetRow>[] {
  return [
    { key: 'status', header: 'Status', width: '100px', cell: (row) => <TargetState row={row} /> },
    {
      key: 'title',
      header: 'Collector',
      width: 'minmax(84px, 1fr)',
      cell: ({ title, status }) => <span title={status?.summary}>{title}</span>,
    },
    {
      key: 'target',
      header: 'Target',
      width: 'minmax(120px, 1.5fr)',
      cell: (row) => (
        <Button look="quiet" className={styles.nameButton} title={row.target} onClick={() => onOpen(row)}>
          {row.target}
        </Button>
      ),
    },
    number('interval', 'Every', '64px', ({ intervalMs }) => formatStep(intervalMs)),
    number('duration', 'Took', '72px', ({ lastDurationMs }) => formatDuration(lastDurationMs)),
    number('series', 'Series', '64px', ({ series }) => formatValue(series, '')),
    number('runs', 'Runs', '72px', ({ runs }) => formatValue(runs, '')),
    number('failures', 'Failed', '64px', ({ failures }) => formatValue(failures, '')),
    number('skipped', 'Skipped', '68px', ({ skipped }) => formatValue(skipped, '')),
    number('success', 'Last success', '100px', ({ lastSuccessAt }) =>
      lastSuccessAt === 0 ? NO_VALUE : formatAge(Math.max(0, now - lastSuccessAt)),
    ),
    {
      key: 'error',
      header: 'Last error',
      width: 'minmax(96px, 2fr)',
      wideOnly: true,
      cell: ({ status }) => (
        <span
          className={status !== undefined && isFailing(status) ? styles.error : styles.quiet}
          title={status?.lastError}
        >
          {status?.lastError || NO_VALUE}
        </span>
      ),
    },
  ];
}

/** A figure of the status; nothing for a target that does not run. */
function number(key: string, header: string, width: string, text: (status: Status) => string): Column<TargetRow> {
  return {
    ...{ key, header, width, align: 'end', wideOnly: true },
    cell: ({ status }) => (status === undefined ? NO_VALUE : text(status)),
  };
}

function TargetState({ row: { status } }: { row: TargetRow }) {
  if (status === undefined) return <StatusPill status="maintenance" word="Off" />;
  if (isFailing(status)) return <StatusPill status="warning" word="Failing" />;
  return status.up ? <StatusPill status="ok" word="Up" /> : <StatusPill status="unknown" word="Not yet" />;
}
