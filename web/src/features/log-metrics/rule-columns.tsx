import { IconChartLine, IconCopy, IconHistory } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { seriesNames } from '#core/log-metrics/rule.ts';
import { exploreSearch } from '#web/charts/explore-search.ts';
import { formatAge, formatDuration, formatStep } from '#web/format/duration.ts';
import { formatDateTime } from '#web/format/time.ts';
import { formatValue, NO_VALUE } from '#web/format/value.ts';
import { Button, buttonClass } from '#web/ui/button.tsx';
import type { Column } from '#web/ui/data-table-column.ts';
import { StatusPill } from '#web/ui/status-pill.tsx';
import styles from './log-metrics.module.css';
import type { MetricRow } from './use-log-metrics.ts';

export type RowActions = {
  readonly onEdit: (row: MetricRow) => void;
  readonly onCopy: (row: MetricRow) => void;
  readonly onSwitch: (row: MetricRow) => void;
  readonly onBackFill: (row: MetricRow) => void;
};

/** Columns of the list of rules. */
export function ruleColumns(now: number, actions: RowActions): readonly Column<MetricRow>[] {
  const figure = (key: string, header: string, cell: Column<MetricRow>['cell']): Column<MetricRow> => ({
    ...{ key, header, cell, width: '76px', align: 'end', wideOnly: true },
  });
  return [
    { key: 'state', header: 'Status', width: '96px', cell: (row) => <RuleState row={row} /> },
    { key: 'metric', header: 'Metric', width: 'minmax(190px, 1.9fr)', cell: (row) => <Name {...{ row, actions }} /> },
    {
      key: 'query',
      header: 'Of the lines',
      width: 'minmax(120px, 1.4fr)',
      wideOnly: true,
      cell: ({ rule }) => (
        <span className={styles.mono} title={rule.query}>
          {rule.query || 'all'}
        </span>
      ),
    },
    figure('window', 'Window', ({ rule }) => formatStep(rule.stepMs)),
    figure('sets', 'Label sets', ({ status }) => formatValue(status?.labelSets ?? 0, '')),
    figure('read', 'Lines read', ({ status }) => (status?.lastAt ? formatValue(status.rowsRead, '') : NO_VALUE)),
    figure('took', 'Took', ({ status }) => (status?.lastAt ? formatDuration(status.durationMs) : NO_VALUE)),
    figure('last', 'Last', ({ status }) => (status?.lastAt ? formatAge(Math.max(0, now - status.lastAt)) : NO_VALUE)),
    { key: 'note', header: 'Notes', width: 'minmax(70px, 1fr)', wideOnly: true, cell: (row) => <Notes row={row} /> },
    {
      ...{ key: 'more', header: 'Actions', width: '106px', align: 'end', wideOnly: true },
      cell: (row) => <Actions {...{ row, actions }} />,
    },
    { key: 'switch', header: 'Use', width: '104px', align: 'end', cell: (row) => <Switch {...{ row, actions }} /> },
  ];
}

type CellProps = { readonly row: MetricRow; readonly actions: RowActions };

function RuleState({ row: { isOn, status } }: { readonly row: MetricRow }) {
  if (!isOn) return <StatusPill status="maintenance" word="Off" />;
  if (status === undefined || status.lastAt === 0) return <StatusPill status="unknown" word="Not yet" />;
  return status.error === '' ? <StatusPill status="ok" word="Up" /> : <StatusPill status="warning" word="Failing" />;
}

function Name({ row, actions }: CellProps) {
  const { rule, isBuiltIn } = row;
  if (!isBuiltIn) {
    return (
      <Button look="quiet" title={rule.help} onClick={() => actions.onEdit(row)}>
        {rule.metric}
      </Button>
    );
  }
  return (
    <span className={styles.name} title={rule.help}>
      {rule.metric}
    </span>
  );
}

function Notes({ row: { status, isBuiltIn } }: { readonly row: MetricRow }) {
  const { error = '', refused = 0, missed = 0, corrected = 0, tooLateFrom = 0 } = status ?? {};
  const notes = [
    error,
    isBuiltIn ? 'built-in' : '',
    refused > 0 ? `${refused.toLocaleString('en')} label sets refused` : '',
    missed > 0 ? `${missed.toLocaleString('en')} windows missed` : '',
    tooLateFrom > 0 ? `lines since ${formatDateTime(tooLateFrom)} came too late` : '',
    corrected > 0 ? `${corrected.toLocaleString('en')} windows corrected` : '',
  ].filter(Boolean);
  return (
    <span className={error === '' ? styles.quiet : styles.error} title={notes.join('\n')}>
      {notes.join('; ')}
    </span>
  );
}

function Actions({ row, actions }: CellProps) {
  const { rule, isBuiltIn } = row;
  const queries = seriesNames(rule).map((text) => ({ text }));
  return (
    <span className={styles.actions}>
      <Link
        className={buttonClass('quiet')}
        to="/explore"
        search={exploreSearch(queries)}
        aria-label={`Chart of ${rule.metric}`}
        title="Chart"
      >
        <IconChartLine size={16} aria-hidden="true" />
      </Link>
      <Button
        look="quiet"
        aria-label={`Back-fill ${rule.metric}`}
        title="Back-fill"
        onClick={() => actions.onBackFill(row)}
      >
        <IconHistory size={16} aria-hidden="true" />
      </Button>
      {isBuiltIn && (
        <Button look="quiet" aria-label={`Copy ${rule.metric}`} title="Copy" onClick={() => actions.onCopy(row)}>
          <IconCopy size={16} aria-hidden="true" />
        </Button>
      )}
    </span>
  );
}

function Switch({ row, actions }: CellProps) {
  const word = row.isOn ? 'Switch off' : 'Switch on';
  return (
    <Button aria-label={`${word} ${row.rule.metric}`} onClick={() => actions.onSwitch(row)}>
      {word}
    </Button>
  );
}
