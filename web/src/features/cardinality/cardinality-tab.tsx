import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { Cardinality } from '#core/api/cardinality.ts';
import { useApi } from '#web/data/data-context.ts';
import { useNow } from '#web/data/use-now.ts';
import { formatAge } from '#web/format/duration.ts';
import { formatValue } from '#web/format/value.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { Field } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { Sparkline } from '#web/ui/sparkline.tsx';
import { StatTile } from '#web/ui/stat-tile.tsx';
import styles from './cardinality.module.css';
import { DropDialog } from './drop-dialog.tsx';
import { GrowthPanel } from './growth-panel.tsx';
import { LABEL_COLUMNS, nameColumns, SOURCE_COLUMNS } from './name-columns.tsx';
import { selectorOfName } from './selector-of-name.ts';
import { useDropRules } from './use-drop-rules.ts';

const REFRESH_MS = 30_000;

/** Where the series come from, which are new, which nobody asks for; one click drops them. */
export function CardinalityTab() {
  const api = useApi();
  const now = useNow();
  const [search, setSearch] = useState('');
  const [dropping, setDropping] = useState<string>();
  const wanted = useDeferredValue(search);
  const found = useQuery({
    queryKey: ['cardinality', wanted],
    queryFn: ({ signal }) => api.json<Cardinality>('/api/cardinality', { query: { search: wanted }, signal }),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });
  const rules = useDropRules();
  const columns = nameColumns(now, (name) => setDropping(selectorOfName(name)));
  const { data } = found;
  return (
    <div className={styles.stack}>
      <Field label="Search names and labels" value={search} onChange={({ target }) => setSearch(target.value)} />
      {data !== undefined && <Tiles data={data} />}
      {rules.drops.map(({ selector }) => (
        <p key={selector} className={styles.undo}>
          Dropped from now on: {selector}
          <Button aria-label={`Undo ${selector}`} onClick={() => void rules.keep(selector)}>
            Undo
          </Button>
        </p>
      ))}
      <GrowthPanel days={data?.days ?? []} state={queryState(found)} />
      <Panel title="Series by name" flush state={queryState(found)}>
        <DataTable label="Series by name" columns={columns} rows={data?.names ?? []} rowKey={({ name }) => name} />
      </Panel>
      <div className={styles.columns}>
        <Panel title="Series by source" note="first sent since the last start" flush state={queryState(found)}>
          <DataTable
            label="Series by source"
            columns={SOURCE_COLUMNS}
            rows={data?.sources ?? []}
            rowKey={({ input, address }) => `${input} ${address}`}
          />
        </Panel>
        <Panel title="Labels" note="distinct values" flush state={queryState(found)}>
          <DataTable label="Labels" columns={LABEL_COLUMNS} rows={data?.labels ?? []} rowKey={({ label }) => label} />
        </Panel>
        <Panel
          title="Unused"
          note={data === undefined ? '' : unusedNote(now - data.trackedSince)}
          flush
          state={queryState(found)}
        >
          <DataTable label="Unused" columns={columns} rows={data?.unused ?? []} rowKey={({ name }) => name} />
        </Panel>
      </div>
      {dropping !== undefined && (
        <DropDialog
          selector={dropping}
          error={rules.change.error}
          isPending={rules.change.isPending}
          onDrop={() => void rules.drop(dropping).then(() => setDropping(undefined))}
          onClose={() => setDropping(undefined)}
        />
      )}
    </div>
  );
}

const DAY_MS = 86_400_000;
const GROWTH = 'New in the last day';

/** SQL and the pages of hosts read past what is tracked: it is said, so that nobody drops what they need. */
function unusedNote(trackedMs: number): string {
  const span =
    trackedMs < 30 * DAY_MS ? `since tracking began, ${formatAge(Math.max(0, trackedMs))} ago` : 'for 30 days';
  return `nobody asked for it ${span}; SQL and the host list are not tracked`;
}

function Tiles({ data }: { data: Cardinality }) {
  const tiles: readonly [string, number][] = [
    ['Series', data.series],
    ['New in the last hour', data.newHour],
    [GROWTH, data.newDay],
    ['Silent for 2 days', data.gone],
  ];
  return (
    <div className={styles.tiles}>
      {tiles.map(([label, value]) => (
        <div key={label} className={styles.tile}>
          <StatTile
            label={label}
            value={formatValue(value, '')}
            chart={
              label === GROWTH && data.growth.length > 1 ? (
                <Sparkline values={data.growth.map(({ series }) => series)} label="New series by hour, 2 days" />
              ) : undefined
            }
          />
        </div>
      ))}
    </div>
  );
}
