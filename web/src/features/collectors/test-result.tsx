import type { TriedCollection, TriedSeries } from '#core/api/collectors.ts';
import { formatDuration } from '#web/format/duration.ts';
import { formatValue } from '#web/format/value.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import type { Column } from '#web/ui/data-table-column.ts';
import { StatusPill } from '#web/ui/status-pill.tsx';
import styles from './collectors.module.css';
import { printLabels } from './target-draft.ts';

/** What one run gave: nothing of it is stored. */
export function TestResult({ tried }: { tried: TriedCollection }) {
  const { isOk, error, problems, series, durationMs } = tried;
  const count = series.length === 1 ? '1 series' : `${series.length} series`;
  return (
    <section className={styles.result} aria-label="Result of the test">
      <header>
        <StatusPill status={isOk ? 'ok' : 'major'} word={isOk ? 'Works' : 'Fails'} />
        <span className={styles.quiet}>
          {isOk ? `${count} in ${formatDuration(durationMs)}; nothing was stored` : (error?.kind ?? 'no series')}
        </span>
      </header>
      {error !== undefined && <p className={styles.message}>{error.message}</p>}
      {problems.map((problem) => (
        <p key={problem} className={styles.message}>
          {problem}
        </p>
      ))}
      {series.length > 0 && (
        <div className={styles.series}>
          <DataTable label="Series" columns={COLUMNS} rows={series} rowKey={keyOf} />
        </div>
      )}
    </section>
  );
}

const keyOf = ({ metric, labels }: TriedSeries): string => `${metric} ${printLabels(labels)}`;

const COLUMNS: readonly Column<TriedSeries>[] = [
  {
    key: 'metric',
    header: 'Metric',
    width: 'minmax(150px, 2fr)',
    cell: ({ metric, help }) => <span title={help}>{metric}</span>,
  },
  {
    key: 'labels',
    header: 'Labels',
    width: 'minmax(90px, 2fr)',
    wideOnly: true,
    cell: ({ labels }) => <span title={printLabels(labels)}>{printLabels(labels)}</span>,
  },
  {
    key: 'value',
    header: 'Value',
    width: '104px',
    align: 'end',
    cell: ({ value, unit }) => formatValue(value, unit),
  },
];
