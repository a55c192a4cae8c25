import { useNavigate, useSearch } from '@tanstack/react-router';
import type { SubmitEvent } from 'react';
import type { Search } from '#web/app/search.ts';
import { useTime } from '#web/app/time/use-time.ts';
import { useEvents } from '#web/data/events.ts';
import { useNow } from '#web/data/use-now.ts';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Field } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { EventList } from './event-list.tsx';
import styles from './events-page.module.css';

const LIMIT = 500;
const STEP_MS = 5_000;

/** Everything that happened in the page's time, by kind and host. */
export function EventsPage() {
  const { kind, host } = useSearch({ strict: false, select: ({ kind, host }) => ({ kind, host }) });
  const time = useTime();
  const now = useNow(STEP_MS);
  const { fromMs, toMs } = time.range();
  const end = time.live ? Math.ceil(now / STEP_MS) * STEP_MS : toMs;
  const events = useEvents({ kind, host, from: time.live ? end - time.spanMs : fromMs, to: end, limit: LIMIT });
  const count = events.data?.length ?? 0;
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Events</h1>
      <EventFilterForm key={`${kind} ${host}`} kind={kind} host={host} />
      <Panel
        title="What happened"
        note={count === LIMIT ? `the newest ${LIMIT}` : `${count}`}
        flush
        state={queryState(events, ({ length }) => (length === 0 ? NONE : undefined))}
      >
        {events.data !== undefined && <EventList events={events.data} full />}
      </Panel>
    </div>
  );
}

function EventFilterForm({ kind, host }: { kind: string | undefined; host: string | undefined }) {
  const navigate = useNavigate();
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const next = { kind: String(form.get('kind')) || undefined, host: String(form.get('host')) || undefined };
    void navigate({ to: '.', search: (search: Search) => ({ ...search, ...next }) });
  };
  return (
    <form className={styles.filter} onSubmit={submit} aria-label="Filter">
      <Field
        label="Kind, or its beginning with a dot"
        name="kind"
        defaultValue={kind}
        placeholder="collector."
        list="kinds"
      />
      <datalist id="kinds">
        {['system.', 'collector.', 'user.', 'token.', 'dashboard.'].map((value) => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </datalist>
      <Field label="Host" name="host" defaultValue={host} placeholder="any" />
      <Button type="submit">Filter</Button>
    </form>
  );
}

function NoEvents() {
  const time = useTime();
  return (
    <EmptyState
      title="Nothing happened in this time"
      action={<Button onClick={time.zoomOut}>Look at twice the time</Button>}
    >
      Starts, log-ins, failing and recovering collectors and changes are kept here.
    </EmptyState>
  );
}

const NONE = <NoEvents />;
