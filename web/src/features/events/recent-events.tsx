import { Link } from '@tanstack/react-router';
import type { Search } from '#web/app/search.ts';
import { useEvents } from '#web/data/events.ts';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { EventList } from './event-list.tsx';
import styles from './recent-events.module.css';

type RecentEventsProps = {
  readonly host?: string;
  readonly limit?: number;
  /** As high as its neighbours: what does not fit is scrolled to. */
  readonly fill?: boolean;
};

const ROW_PX = 28;
const FILL_ROWS = 8;

/** The newest events, of one host or of all. */
export function RecentEvents({ host, limit = 12, fill = false }: RecentEventsProps) {
  const events = useEvents({ host, limit });
  return (
    <Panel
      title="Recent events"
      flush
      height={fill ? FILL_ROWS * ROW_PX : limit * ROW_PX}
      menu={
        <Link to="/timeline" search={(search: Search) => ({ ...search, ...(host === undefined ? {} : { host }) })}>
          All events
        </Link>
      }
      state={queryState(events, ({ length }) => (length === 0 ? 'Nothing has happened yet' : undefined))}
    >
      {events.data !== undefined && (
        <div className={fill ? styles.fill : undefined}>
          <EventList events={events.data} />
        </div>
      )}
    </Panel>
  );
}
