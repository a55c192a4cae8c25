import { Link } from '@tanstack/react-router';
import type { Search } from '#web/app/search.ts';
import { useEvents } from '#web/data/events.ts';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { EventList } from './event-list.tsx';

type RecentEventsProps = { readonly host?: string; readonly limit?: number; readonly className?: string };

const ROW_PX = 28;

/** The newest events, of one host or of all. */
export function RecentEvents({ host, limit = 12, className }: RecentEventsProps) {
  const events = useEvents({ host, limit });
  return (
    <Panel
      title="Recent events"
      className={className}
      flush
      height={limit * ROW_PX}
      menu={
        <Link to="/events" search={(search: Search) => ({ ...search, ...(host === undefined ? {} : { host }) })}>
          All events
        </Link>
      }
      state={queryState(events, ({ length }) => (length === 0 ? 'Nothing has happened yet' : undefined))}
    >
      {events.data !== undefined && <EventList events={events.data} />}
    </Panel>
  );
}
