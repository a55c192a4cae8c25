import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Severity } from '#core/model/event.ts';
import type { Search } from '#web/app/search.ts';
import { dashboardVariables } from '#web/data/dashboard-variables.ts';
import { formatDuration } from '#web/format/duration.ts';
import { formatValue, NO_VALUE } from '#web/format/value.ts';
import { Button } from '#web/ui/button.tsx';
import type { Column } from '#web/ui/data-table-column.ts';
import { Sparkline } from '#web/ui/sparkline.tsx';
import { StatusPill } from '#web/ui/status-pill.tsx';
import { countsText, type Grouping, type ServiceLine } from './service-groups.ts';
import type { ServiceRow, ServiceState } from './service-rows.ts';
import styles from './services.module.css';

/** How each state is shown. */
export const STATE_LOOKS: Readonly<Record<ServiceState, { readonly status: Severity; readonly word: string }>> = {
  down: { status: 'critical', word: 'Down' },
  unknown: { status: 'unknown', word: 'Unknown' },
  up: { status: 'ok', word: 'Up' },
  off: { status: 'maintenance', word: 'Off' },
};

export type ServiceColumnsOptions = {
  readonly now: number;
  readonly by: Grouping;
  readonly onToggle: (group: string) => void;
};

/** The columns of the services table; heads of groups have the first two. */
export function serviceColumns({ now, by, onToggle }: ServiceColumnsOptions): readonly Column<ServiceLine>[] {
  return [
    {
      key: 'name',
      header: 'Service',
      width: 'minmax(140px, 2fr)',
      cell: (line) =>
        line.line === 'group' ? <GroupHead group={line} onToggle={onToggle} /> : <ServiceName row={line.row} by={by} />,
    },
    {
      ...{ key: 'state', header: 'State', width: 'minmax(104px, 0.8fr)' },
      cell: (line) =>
        line.line === 'group' ? (
          <span className={styles.quiet}>{countsText(line.counts)}</span>
        ) : (
          <StatusPill {...STATE_LOOKS[line.row.state]} />
        ),
    },
    wide('since', 'Since', '96px', ({ since }) => (since === 0 ? '' : formatDuration(Math.max(0, now - since)))),
    ...(by === 'kind' ? [wide('host', 'Host', 'minmax(90px, 1fr)', ({ host }) => host)] : []),
    {
      ...{ key: 'figure', header: 'Key figure', width: 'minmax(170px, 1fr)' },
      cell: (line) => line.line === 'service' && <Figure row={line.row} />,
    },
    {
      ...{ key: 'error', header: 'Last error', width: 'minmax(96px, 2fr)', wideOnly: true },
      cell: (line) => line.line === 'service' && <LastError row={line.row} />,
    },
  ];
}

function wide(key: string, header: string, width: string, text: (row: ServiceRow) => string): Column<ServiceLine> {
  const cell = (line: ServiceLine): string => (line.line === 'group' ? '' : text(line.row) || NO_VALUE);
  return { key, header, width, cell, wideOnly: true };
}

type GroupHeadProps = {
  readonly group: Extract<ServiceLine, { line: 'group' }>;
  readonly onToggle: (group: string) => void;
};

function GroupHead({ group: { name, isShut }, onToggle }: GroupHeadProps) {
  const Icon = isShut ? IconChevronRight : IconChevronDown;
  return (
    <Button look="quiet" className={styles.group} aria-expanded={!isShut} onClick={() => onToggle(name)}>
      <Icon size={14} aria-hidden="true" />
      <strong>{name || 'No host'}</strong>
    </Button>
  );
}

function ServiceName({ row, by }: { readonly row: ServiceRow; readonly by: Grouping }) {
  const { dashboard, labels } = row;
  const target = by === 'kind' ? row.target : `${row.kind} ${row.target}`;
  if (dashboard === undefined) {
    return (
      <span className={styles.name} title={target}>
        {target}
      </span>
    );
  }
  return (
    <Link
      className={styles.name}
      to="/dashboards/$id"
      params={{ id: dashboard }}
      search={({ from, to, scope }: Search) => ({ from, to, scope, ...dashboardVariables(labels) })}
      title={`Dashboard of ${target}`}
    >
      {target}
    </Link>
  );
}

function Figure({ row: { figure, values, target } }: { readonly row: ServiceRow }) {
  const last = values[values.length - 1];
  if (figure === undefined || last === undefined) return NO_VALUE;
  return (
    <span className={styles.figure} title={figure.help}>
      <Sparkline values={values} label={`${figure.help} ${target}, last 15 minutes`} />
      {formatValue(last, figure.unit)}
    </span>
  );
}

function LastError({ row: { error, state } }: { readonly row: ServiceRow }) {
  return (
    <span className={state === 'down' ? styles.error : styles.quiet} title={error}>
      {error || NO_VALUE}
    </span>
  );
}
