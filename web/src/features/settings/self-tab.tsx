import { PART_STATES, type SelfStatus } from '#core/api/status.ts';
import { useSelf } from '#web/data/self.ts';
import { formatAge, formatDuration } from '#web/format/duration.ts';
import { formatValue } from '#web/format/value.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { StatTile } from '#web/ui/stat-tile.tsx';
import { AccountsPanel } from './accounts-panel.tsx';
import { LISTENER_COLUMNS, PART_COLUMNS, PROCESS_COLUMNS } from './self-columns.tsx';
import styles from './settings-page.module.css';

/** How the product itself does, and where every record went. */
export function SelfTab() {
  const self = useSelf();
  const state = queryState(self);
  const status = self.data;
  if (status === undefined) return <Panel title="Self" state={state} height={300} />;
  const parts = Object.entries(status.health.parts)
    .map(([name, part]) => ({ name, ...part }))
    .sort((a, b) => PART_STATES.indexOf(a.state) - PART_STATES.indexOf(b.state));
  return (
    <div className={styles.stack}>
      <SelfTiles status={status} />
      <AccountsPanel accounts={status.accounts} state={state} />
      <div className={styles.twoColumns}>
        <Panel title="Parts" note={`up for ${formatDuration(status.health.uptimeMs)}`} flush state={state}>
          <DataTable label="Parts" columns={PART_COLUMNS} rows={parts} rowKey={({ name }) => name} />
        </Panel>
        <Panel title="Processes" flush state={state}>
          <DataTable
            label="Processes"
            columns={PROCESS_COLUMNS}
            rows={status.processes}
            rowKey={({ pid, name }) => `${pid} ${name}`}
          />
        </Panel>
        <Panel title="Listeners" flush state={state}>
          <DataTable
            label="Listeners"
            columns={LISTENER_COLUMNS}
            rows={status.listeners}
            rowKey={({ name, address }) => name + address}
          />
        </Panel>
      </div>
    </div>
  );
}

function SelfTiles({ status }: { status: SelfStatus }) {
  const { spool, sampleCache } = status;
  const tiles: readonly (readonly [string, string, string])[] = [
    ['Ingest', `${formatValue(status.ingestRate, '')}/s`, 'last 10 s'],
    ['Active series', formatValue(status.activeSeries, ''), ''],
    ['Storage behind', formatAge(status.insertLagMs), 'oldest batch'],
    ['Spool', formatValue(spool.bytes, 'bytes'), `of ${formatValue(spool.limitBytes, 'bytes')}`],
    [
      'Samples in memory',
      formatValue(sampleCache.bytes, 'bytes'),
      `of ${formatValue(sampleCache.limitBytes, 'bytes')}`,
    ],
    ['Event loop p99', formatDuration(status.eventLoopP99Ms), 'API thread'],
    ['Version', status.health.version, status.health.status],
  ];
  return (
    <div className={styles.tiles}>
      {tiles.map(([label, value, note]) => (
        <div key={label} className={styles.tile}>
          <StatTile label={label} value={value} note={note} />
        </div>
      ))}
    </div>
  );
}
