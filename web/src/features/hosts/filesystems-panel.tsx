import { useMemo } from 'react';
import type { Matcher } from '#core/metric-query/query.ts';
import { useLatestValues } from '#web/data/latest-values.ts';
import { formatValue } from '#web/format/value.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import type { Column } from '#web/ui/data-table-column.ts';
import { Meter } from '#web/ui/meter.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { type Filesystem, filesystemsOf } from './filesystems.ts';

const METRICS = 'system_filesystem_(utilization_ratio|limit_bytes|usage_bytes)';

const COLUMNS: readonly Column<Filesystem>[] = [
  {
    key: 'mount',
    header: 'Mount',
    width: 'minmax(120px, 2fr)',
    cell: ({ mount }) => mount,
    sortValue: ({ mount }) => mount,
  },
  { key: 'type', header: 'Type', width: '80px', cell: ({ type }) => type, wideOnly: true },
  {
    key: 'used',
    header: 'Used',
    width: 'minmax(110px, 1fr)',
    cell: ({ ratio }) => <Meter ratio={ratio} text={formatValue(ratio, 'ratio')} />,
  },
  { key: 'free', header: 'Free', width: '90px', align: 'end', cell: ({ free }) => formatValue(free, 'bytes') },
  {
    key: 'size',
    header: 'Size',
    width: '90px',
    align: 'end',
    cell: ({ size }) => formatValue(size, 'bytes'),
    wideOnly: true,
  },
];

/** Filesystems of a host, the fullest first. */
export function FilesystemsPanel({ host }: { readonly host: string }) {
  const matchers = useMemo<Matcher[]>(
    () => [
      { label: '__name__', op: '=~', value: METRICS },
      { label: 'host', op: '=', value: host },
    ],
    [host],
  );
  const values = useLatestValues(matchers);
  const rows = useMemo(() => filesystemsOf(values.data ?? []), [values.data]);
  return (
    <Panel
      title="Filesystems"
      note={rows.length === 0 ? undefined : `${rows.length}, fullest first`}
      flush
      state={queryState(values, () => (rows.length === 0 ? 'No filesystem is measured on this host' : undefined))}
    >
      <DataTable label="Filesystems" columns={COLUMNS} rows={rows} rowKey={({ mount }) => mount} />
    </Panel>
  );
}
