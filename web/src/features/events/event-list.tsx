import { IconFileText } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { EventRow } from '#core/api/events.ts';
import { logsAround } from '#web/data/logs-link.ts';
import { formatClock, formatDateTime } from '#web/format/time.ts';
import { StatusShape } from '#web/ui/status-pill.tsx';
import styles from './event-list.module.css';

type EventListProps = {
  readonly events: readonly EventRow[];
  /** Day and kind too: where there is room. */
  readonly full?: boolean;
};

/** Events, newest first: time, shape, sentence, host. */
export function EventList({ events, full = false }: EventListProps) {
  return (
    <ol className={styles.list} data-full={full}>
      {events.map((event, index) => (
        <li key={`${event.t} ${event.kind} ${index}`} className={styles.row}>
          <time dateTime={new Date(event.t).toISOString()} title={formatDateTime(event.t)}>
            {full ? formatDateTime(event.t) : formatClock(event.t, { seconds: true })}
          </time>
          <StatusShape status={event.severity} />
          {full && <code className={styles.kind}>{event.kind}</code>}
          <span className={styles.message} title={event.message}>
            {event.message}
          </span>
          <EventHost host={event.labels['host']} />
          <LogsThen event={event} />
        </li>
      ))}
    </ol>
  );
}

function LogsThen({ event: { t, labels } }: { event: EventRow }) {
  const label = `Logs around ${formatClock(t, { seconds: true })}`;
  return (
    <Link
      to="/logs"
      search={logsAround(t, [labels['host'] ?? ''])}
      className={styles.logs}
      aria-label={label}
      title={label}
    >
      <IconFileText size={15} aria-hidden="true" />
    </Link>
  );
}

function EventHost({ host }: { host: string | undefined }) {
  if (host === undefined || host === '') return <span />;
  return (
    <Link to="/hosts/$host" params={{ host }} className={styles.host}>
      {host}
    </Link>
  );
}
