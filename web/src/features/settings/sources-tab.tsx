import { Link } from '@tanstack/react-router';
import { printLogFilter } from '#core/log-query/print.ts';
import { keyOf, useLastLines, usePulledSources, type WatchedSource } from '#web/data/pulled-sources.ts';
import { useNow } from '#web/data/use-now.ts';
import { visibleText } from '#web/features/logs/visible-text.ts';
import { formatAge } from '#web/format/duration.ts';
import { formatValue, NO_VALUE } from '#web/format/value.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import type { Column } from '#web/ui/data-table-column.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Meter } from '#web/ui/meter.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { StatusPill } from '#web/ui/status-pill.tsx';
import styles from './settings-page.module.css';

const LINE_SHOWN = 300;
const NONE = (
  <EmptyState title="No file is followed">
    This machine’s own logs are, where they may be read; name more under inputs: file-tail in nocmate.yaml.
  </EmptyState>
);

/** Files that are followed and the journal: how far each is read, how fast, and its last line. */
export function SourcesTab() {
  const sources = usePulledSources();
  const lines = useLastLines();
  const now = useNow();
  const rows = sources.data ?? [];
  const failing = rows.filter(({ problem }) => problem !== '').length;
  return (
    <Panel
      title="Followed files and the journal"
      note={failing === 0 ? `${rows.length}` : `${failing} of ${rows.length} cannot be read`}
      flush
      state={queryState(sources, ({ length }) => (length === 0 ? NONE : undefined))}
    >
      <DataTable label="Followed files" columns={columns(now, lines.data ?? new Map())} rows={rows} rowKey={keyOf} />
    </Panel>
  );
}

function columns(now: number, lines: ReadonlyMap<string, string>): readonly Column<WatchedSource>[] {
  return [
    { key: 'status', header: 'Status', width: '108px', cell: (row) => <SourceStatus row={row} /> },
    { key: 'name', header: 'Source', width: 'minmax(150px, 1.4fr)', cell: (row) => <SourceName row={row} /> },
    { key: 'read', header: 'Read', width: '170px', wideOnly: true, cell: (row) => <Progress row={row} /> },
    {
      ...{ key: 'rate', header: 'Lines/s', width: '72px', align: 'end', wideOnly: true },
      cell: ({ perSecond }) => (perSecond === undefined ? NO_VALUE : formatValue(perSecond, '')),
    },
    {
      ...{ key: 'records', header: 'Since start', width: '92px', align: 'end', wideOnly: true },
      cell: ({ records }) => formatValue(records, ''),
    },
    {
      ...{ key: 'last', header: 'Last', width: '84px', align: 'end' },
      cell: ({ lastAt }) => (lastAt === 0 ? NO_VALUE : formatAge(Math.max(0, now - lastAt))),
    },
    {
      ...{ key: 'line', header: 'Last line, or what hinders', width: 'minmax(120px, 2fr)', wideOnly: true },
      cell: (row) => <LastLine row={row} line={lines.get(row.source)} />,
    },
  ];
}

function SourceStatus({ row: { problem, isDone, offset, size } }: { row: WatchedSource }) {
  if (problem !== '') return <StatusPill status="warning" word="Unread" />;
  if (isDone) return <StatusPill status="maintenance" word="Done" />;
  const isBehind = offset !== undefined && size !== undefined && size - offset > 2 ** 20;
  return isBehind ? <StatusPill status="unknown" word="Behind" /> : <StatusPill status="ok" word="At end" />;
}

function SourceName({ row: { name, source, input } }: { row: WatchedSource }) {
  const label = visibleText(name || input);
  if (source === '') return <span title={label}>{label}</span>;
  const q = printLogFilter({ kind: 'field', field: 'source', test: { kind: 'equals', text: source } });
  return (
    <Link to="/logs" search={{ from: 'now-1d', to: 'now', q }} title={`Lines of ${label}`}>
      {label}
    </Link>
  );
}

function Progress({ row: { offset, size } }: { row: WatchedSource }) {
  if (offset === undefined) return NO_VALUE;
  if (size === undefined) return formatValue(offset, 'bytes');
  const text =
    size === offset ? formatValue(size, 'bytes') : `${formatValue(offset, 'bytes')} of ${formatValue(size, 'bytes')}`;
  return <Meter ratio={size === 0 ? 1 : offset / size} text={text} warnAt={2} criticalAt={2} />;
}

function LastLine({ row: { problem }, line = '' }: { row: WatchedSource; line: string | undefined }) {
  if (problem !== '')
    return (
      <span className={styles.error} title={problem}>
        {problem}
      </span>
    );
  const text = visibleText(line.slice(0, LINE_SHOWN));
  return <code title={text}>{text || NO_VALUE}</code>;
}
