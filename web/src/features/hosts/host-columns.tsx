import { Link } from '@tanstack/react-router';
import type { HostSummary } from '#core/api/hosts.ts';
import { SEVERITIES } from '#core/model/event.ts';
import { hostStatus } from '#web/data/host-status.ts';
import { formatDuration } from '#web/format/duration.ts';
import { formatValue, NO_VALUE } from '#web/format/value.ts';
import type { Column } from '#web/ui/data-table-column.ts';
import { Meter } from '#web/ui/meter.tsx';
import { StatusPill } from '#web/ui/status-pill.tsx';

const SECOND_MS = 1_000;
const JUST_NOW_MS = 10_000;

/** The columns of the hosts table at this moment on the server's clock. */
export function hostColumns(now: number): readonly Column<HostSummary>[] {
  return [
    {
      key: 'status',
      header: 'Status',
      width: '116px',
      cell: (host) => <StatusPill {...hostStatus(host, now)} />,
      sortValue: (host) => -SEVERITIES.indexOf(hostStatus(host, now).status),
    },
    {
      key: 'host',
      header: 'Host',
      width: 'minmax(110px, 2fr)',
      cell: ({ host }) => (
        <Link to="/hosts/$host" params={{ host }} title={host}>
          {host}
        </Link>
      ),
      sortValue: ({ host }) => host,
    },
    ratio('cpu', 'CPU', ({ cpuRatio }) => cpuRatio),
    ratio('memory', 'Memory', ({ memoryRatio }) => memoryRatio, true),
    ratio('disk', 'Disk', ({ diskRatio }) => diskRatio, true),
    figure(
      'load',
      'Load/core',
      '80px',
      ({ loadPerCore }) => loadPerCore,
      (value) => formatValue(value, '', 2),
    ),
    figure(
      'net',
      'Network',
      '96px',
      ({ networkBytesPerSecond }) => networkBytesPerSecond,
      (value) => formatValue(value, 'bytes_per_second'),
    ),
    figure(
      'uptime',
      'Uptime',
      '96px',
      ({ uptimeSeconds }) => uptimeSeconds,
      (value) => formatDuration(value * SECOND_MS),
    ),
    figure(
      'series',
      'Series',
      '72px',
      ({ series }) => series,
      (value) => formatValue(value, ''),
    ),
    figure(
      'seen',
      'Last seen',
      '96px',
      ({ lastSeenAt }) => lastSeenAt,
      (value) => seen(now - value),
    ),
  ];
}

function ratio(
  key: string,
  header: string,
  of: (host: HostSummary) => number | null,
  wideOnly = false,
): Column<HostSummary> {
  return {
    key,
    header,
    width: 'minmax(104px, 1fr)',
    wideOnly,
    cell: (host) => <Meter ratio={of(host)} text={formatValue(of(host), 'ratio', 0)} />,
    sortValue: of,
  };
}

function figure(
  key: string,
  header: string,
  width: string,
  of: (host: HostSummary) => number | null,
  text: (value: number) => string,
): Column<HostSummary> {
  return {
    key,
    header,
    width,
    align: 'end',
    wideOnly: true,
    cell: (host) => {
      const value = of(host);
      return value === null ? NO_VALUE : text(value);
    },
    sortValue: of,
  };
}

function seen(ageMs: number): string {
  return ageMs < JUST_NOW_MS ? 'now' : `${formatDuration(ageMs)} ago`;
}
