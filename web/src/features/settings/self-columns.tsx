import type { PartState, PartStatus, SelfStatus } from '#core/api/status.ts';
import { formatValue } from '#web/format/value.ts';
import type { Column } from '#web/ui/data-table-column.ts';
import { type Status, StatusPill } from '#web/ui/status-pill.tsx';

const STATUS: Readonly<Record<PartState, Status>> = {
  failed: 'critical',
  starting: 'unknown',
  degraded: 'warning',
  up: 'ok',
  off: 'maintenance',
};

type PartRow = PartStatus & { readonly name: string };

/** Parts of the server and their state. */
export const PART_COLUMNS: readonly Column<PartRow>[] = [
  {
    key: 'state',
    header: 'State',
    width: '100px',
    cell: ({ state }) => <StatusPill status={STATUS[state]} word={state} />,
  },
  { key: 'name', header: 'Part', width: 'minmax(90px, 1fr)', cell: ({ name }) => name },
  {
    key: 'detail',
    header: 'Detail',
    width: 'minmax(90px, 2fr)',
    cell: ({ detail }) => <span title={detail}>{detail}</span>,
  },
];

/** Processes of the server and their memory. */
export const PROCESS_COLUMNS: readonly Column<SelfStatus['processes'][number]>[] = [
  { key: 'name', header: 'Process', width: 'minmax(90px, 2fr)', cell: ({ name }) => name },
  { key: 'pid', header: 'PID', width: '80px', align: 'end', cell: ({ pid }) => String(pid) },
  {
    key: 'resident',
    header: 'Memory',
    width: '96px',
    align: 'end',
    cell: (row) => formatValue(row.residentBytes, 'bytes'),
  },
];

/** Where the server listens and who is connected. */
export const LISTENER_COLUMNS: readonly Column<SelfStatus['listeners'][number]>[] = [
  { key: 'name', header: 'Listener', width: 'minmax(90px, 1fr)', cell: ({ name }) => name },
  { key: 'address', header: 'Address', width: 'minmax(110px, 1fr)', cell: ({ address }) => <code>{address}</code> },
  {
    key: 'connections',
    header: 'Open',
    width: '56px',
    align: 'end',
    wideOnly: true,
    cell: (row) => String(row.connections),
  },
  {
    key: 'drops',
    header: 'Kernel drops',
    width: '92px',
    align: 'end',
    cell: ({ kernelDrops }) => (kernelDrops === undefined ? '' : kernelDrops.toLocaleString('en')),
  },
];
