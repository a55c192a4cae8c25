import { useQuery } from '@tanstack/react-query';
import type { StorageStatus } from '#core/api/status.ts';
import { useApi } from '#web/data/data-context.ts';
import { formatDuration } from '#web/format/duration.ts';
import { formatDateTime } from '#web/format/time.ts';
import { formatValue, NO_VALUE } from '#web/format/value.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import type { Column } from '#web/ui/data-table-column.ts';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { StatTile } from '#web/ui/stat-tile.tsx';
import styles from './settings-page.module.css';

type Table = StorageStatus['tables'][number];

const REFRESH_MS = 10_000;

/** What is stored, how large it is, how long it stays, and how much room is left. */
export function StorageTab() {
  const api = useApi();
  const storage = useQuery({
    queryKey: ['storage'],
    queryFn: ({ signal }) => api.json<StorageStatus>('/api/storage', { signal }),
    refetchInterval: REFRESH_MS,
  });
  return (
    <div className={styles.stack}>
      {storage.data !== undefined && <StorageTiles status={storage.data} />}
      <Panel title="Tables" note="size on disk, after compression" flush state={queryState(storage)}>
        <DataTable label="Tables" columns={COLUMNS} rows={storage.data?.tables ?? []} rowKey={({ table }) => table} />
      </Panel>
    </div>
  );
}

function StorageTiles({ status: { engine, state, disk, tables } }: { status: StorageStatus }) {
  const used = disk.totalBytes === 0 ? null : 1 - disk.freeBytes / disk.totalBytes;
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0);
  return (
    <div className={styles.tiles}>
      <div className={styles.tile}>
        <StatTile
          label="Telemetry"
          value={formatValue(bytes, 'bytes')}
          note={`ClickHouse ${engine.version}, ${engine.kind}`}
        />
      </div>
      <div className={styles.tile}>
        <StatTile
          label="State"
          value={formatValue(state.bytes, 'bytes')}
          note={`PostgreSQL ${state.version}, ${state.kind}`}
        />
      </div>
      <div className={styles.tile}>
        <StatTile
          label="Disk free"
          value={formatValue(disk.freeBytes, 'bytes')}
          note={`of ${formatValue(disk.totalBytes, 'bytes')}`}
        />
      </div>
      <div className={styles.tile}>
        <StatTile label="Disk used" value={formatValue(used, 'ratio', 0)} note={disk.path} />
      </div>
    </div>
  );
}

const COLUMNS: readonly Column<Table>[] = [
  {
    key: 'title',
    header: 'Table',
    width: 'minmax(130px, 2fr)',
    cell: ({ title, table }) => <span title={table}>{title || table}</span>,
  },
  {
    key: 'rows',
    header: 'Rows',
    width: '84px',
    align: 'end',
    wideOnly: true,
    cell: ({ rows }) => formatValue(rows, ''),
  },
  { key: 'bytes', header: 'Size', width: '84px', align: 'end', cell: ({ bytes }) => formatValue(bytes, 'bytes') },
  {
    key: 'perRow',
    header: 'Per row',
    width: '84px',
    align: 'end',
    wideOnly: true,
    cell: ({ rows, bytes }) => (rows === 0 ? NO_VALUE : formatValue(bytes / rows, 'bytes')),
  },
  { key: 'parts', header: 'Parts', width: '64px', align: 'end', wideOnly: true, cell: ({ parts }) => String(parts) },
  {
    key: 'oldest',
    header: 'Oldest',
    width: '140px',
    align: 'end',
    wideOnly: true,
    cell: ({ oldest }) => moment(oldest),
  },
  {
    key: 'newest',
    header: 'Newest',
    width: '140px',
    align: 'end',
    wideOnly: true,
    cell: ({ newest }) => moment(newest),
  },
  {
    key: 'retention',
    header: 'Kept for',
    width: '90px',
    align: 'end',
    cell: ({ retentionMs }) => (retentionMs === 0 ? 'for ever' : formatDuration(retentionMs)),
  },
];

function moment(ms: number): string {
  return ms === 0 ? NO_VALUE : formatDateTime(ms);
}
