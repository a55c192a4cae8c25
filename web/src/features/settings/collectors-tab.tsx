import type { CollectorStatus } from '#core/api/status.ts';
import { isFailing, useCollectors } from '#web/data/collectors.ts';
import { useNow } from '#web/data/use-now.ts';
import { formatAge, formatDuration, formatStep } from '#web/format/duration.ts';
import { formatValue, NO_VALUE } from '#web/format/value.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import type { Column } from '#web/ui/data-table-column.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { StatusPill } from '#web/ui/status-pill.tsx';
import styles from './settings-page.module.css';

const NONE = <EmptyState title="No collector runs">Switch one on in nocmate.yaml.</EmptyState>;

/** All running collectors, those that fail first, with what they said. */
export function CollectorsTab() {
  const collectors = useCollectors();
  const now = useNow();
  const rows = [...(collectors.data ?? [])].sort((a, b) => Number(isFailing(b)) - Number(isFailing(a)));
  const failing = rows.filter(isFailing).length;
  return (
    <Panel
      title="Collectors"
      note={failing === 0 ? `${rows.length} running` : `${failing} of ${rows.length} failing`}
      flush
      state={queryState(collectors, ({ length }) => (length === 0 ? NONE : undefined))}
    >
      <DataTable
        label="Collectors"
        columns={columns(now)}
        rows={rows}
        rowKey={({ plugin, target }) => `${plugin} ${target}`}
      />
    </Panel>
  );
}

function columns(now: number): readonly Column<CollectorStatus>[] {
  return [
    { key: 'status', header: 'Status', width: '100px', cell: (row) => <CollectorState row={row} /> },
    {
      key: 'title',
      header: 'Collector',
      width: 'minmax(110px, 1fr)',
      cell: ({ title, plugin, summary }) => <span title={summary}>{title || plugin}</span>,
    },
    { key: 'target', header: 'Target', width: 'minmax(100px, 1fr)', wideOnly: true, cell: ({ target }) => target },
    {
      key: 'interval',
      header: 'Every',
      width: '64px',
      align: 'end',
      wideOnly: true,
      cell: (row) => formatStep(row.intervalMs),
    },
    {
      key: 'duration',
      header: 'Took',
      width: '72px',
      align: 'end',
      wideOnly: true,
      cell: (row) => formatDuration(row.lastDurationMs),
    },
    {
      key: 'series',
      header: 'Series',
      width: '64px',
      align: 'end',
      wideOnly: true,
      cell: (row) => formatValue(row.series, ''),
    },
    {
      key: 'runs',
      header: 'Runs',
      width: '72px',
      align: 'end',
      wideOnly: true,
      cell: (row) => formatValue(row.runs, ''),
    },
    {
      key: 'failures',
      header: 'Failed',
      width: '64px',
      align: 'end',
      wideOnly: true,
      cell: (row) => formatValue(row.failures, ''),
    },
    {
      key: 'skipped',
      header: 'Skipped',
      width: '68px',
      align: 'end',
      wideOnly: true,
      cell: (row) => formatValue(row.skipped, ''),
    },
    {
      key: 'success',
      header: 'Last success',
      width: '100px',
      align: 'end',
      wideOnly: true,
      cell: ({ lastSuccessAt }) => (lastSuccessAt === 0 ? NO_VALUE : formatAge(Math.max(0, now - lastSuccessAt))),
    },
    {
      key: 'error',
      header: 'Last error',
      width: 'minmax(96px, 2fr)',
      cell: (row) => (
        <span className={isFailing(row) ? styles.error : styles.quiet} title={row.lastError}>
          {row.lastError || NO_VALUE}
        </span>
      ),
    },
  ];
}

function CollectorState({ row }: { row: CollectorStatus }) {
  if (isFailing(row)) return <StatusPill status="warning" word="Failing" />;
  return row.up ? <StatusPill status="ok" word="Up" /> : <StatusPill status="unknown" word="Not yet" />;
}
