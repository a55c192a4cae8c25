import type { UseQueryResult } from '@tanstack/react-query';
import type { TriedMapping, TriedPath } from '#core/api/mapping.ts';
import { seriesText } from '#core/model/series-text.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import type { Column } from '#web/ui/data-table-column.ts';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import styles from './mapping.module.css';

const COLUMNS: readonly Column<TriedPath>[] = [
  {
    key: 'path',
    header: 'Path',
    width: 'minmax(160px, 3fr)',
    cell: ({ path }) => (
      <span className={styles.mono} title={path}>
        {path}
      </span>
    ),
  },
  { key: 'rule', header: 'Rule', width: '44px', align: 'end', cell: ({ rule }) => (rule < 0 ? '–' : rule + 1) },
  {
    key: 'after',
    header: 'Becomes',
    width: 'minmax(160px, 4fr)',
    cell: (row) => (
      <span className={styles.mono} title={after(row)}>
        {after(row)}
      </span>
    ),
  },
];

function after({ action, labels }: TriedPath): string {
  if (action === 'drop') return 'dropped';
  return action === 'map' ? seriesText(Object.entries(labels)) : 'as it is';
}

type TestBenchProps = {
  readonly tried: UseQueryResult<TriedMapping>;
  readonly paths: string;
  readonly onPaths: (paths: string) => void;
};

/** What the rules would do, on pasted paths or on those of the catalogue. */
export function TestBench({ tried, paths, onPaths }: TestBenchProps) {
  const { data } = tried;
  const unmatched = (data?.unmatched ?? []).map((path): TriedPath => ({ path, rule: -1, action: 'none', labels: {} }));
  return (
    <Panel
      title="Test bench"
      note={
        data === undefined
          ? ''
          : `matching now: ${data.matched} of ${data.total} paths, ${data.costUs.toFixed(1)} µs for each new one`
      }
      state={queryState(tried)}
    >
      <div className={styles.stack}>
        <label className={styles.label}>
          Paths to try, one a line; empty: those of the catalogue
          <textarea className={styles.text} value={paths} onChange={({ target }) => onPaths(target.value)} />
        </label>
        {(data?.collisions ?? []).map(({ series, paths: same }) => (
          <p key={series} className={styles.warning}>
            One series from different paths: {series} from {same.join(', ')}
          </p>
        ))}
        <DataTable
          label="Tried paths"
          columns={COLUMNS}
          rows={[...(data?.samples ?? []), ...unmatched].slice(0, 80)}
          rowKey={({ path }) => path}
        />
      </div>
    </Panel>
  );
}
