import { formatAge, formatDuration, formatStep } from '#web/format/duration.ts';
import { formatValue, NO_VALUE } from '#web/format/value.ts';
import { Button } from '#web/ui/button.tsx';
import type { Column } from '#web/ui/data-table-column.ts';
import { StatusPill } from '#web/ui/status-pill.tsx';
import styles from './rules.module.css';
import type { RuleRow } from './use-recording.ts';

/** Columns of the list of rules; the name opens the editor. */
export function ruleColumns(now: number, onEdit: (row: RuleRow) => void): readonly Column<RuleRow>[] {
  return [
    { key: 'state', header: 'Status', width: '100px', cell: (row) => <RuleState row={row} /> },
    {
      key: 'record',
      header: 'Records',
      width: 'minmax(140px, 1fr)',
      cell: (row) => (
        <Button look="quiet" onClick={() => onEdit(row)}>
          {row.rule.record}
        </Button>
      ),
    },
    {
      key: 'expr',
      header: 'Expression',
      width: 'minmax(140px, 2fr)',
      wideOnly: true,
      cell: ({ rule }) => (
        <span className={styles.mono} title={rule.expr}>
          {rule.expr}
        </span>
      ),
    },
    { key: 'group', header: 'Group', width: 'minmax(80px, 1fr)', wideOnly: true, cell: ({ group }) => group.name },
    { key: 'every', header: 'Every', width: '70px', align: 'end', cell: ({ group }) => formatStep(group.intervalMs) },
    {
      key: 'series',
      header: 'Series',
      width: '70px',
      align: 'end',
      wideOnly: true,
      cell: ({ status }) => formatValue(status?.series ?? 0, ''),
    },
    {
      key: 'took',
      header: 'Took',
      width: '80px',
      align: 'end',
      wideOnly: true,
      cell: ({ status }) => (status === undefined ? NO_VALUE : formatDuration(status.durationMs)),
    },
    {
      key: 'last',
      header: 'Last',
      width: '80px',
      align: 'end',
      wideOnly: true,
      cell: ({ status }) =>
        status === undefined || status.lastAt === 0 ? NO_VALUE : formatAge(Math.max(0, now - status.lastAt)),
    },
    {
      key: 'error',
      header: 'Error',
      width: 'minmax(80px, 1fr)',
      wideOnly: true,
      cell: ({ status }) => (
        <span className={styles.error} title={status?.error}>
          {status?.error}
        </span>
      ),
    },
  ];
}

function RuleState({ row: { group, status } }: { row: RuleRow }) {
  if (!group.isEnabled) return <StatusPill status="maintenance" word="Off" />;
  if (status === undefined || status.lastAt === 0) return <StatusPill status="unknown" word="Not yet" />;
  return status.error === '' ? <StatusPill status="ok" word="Up" /> : <StatusPill status="warning" word="Failing" />;
}
