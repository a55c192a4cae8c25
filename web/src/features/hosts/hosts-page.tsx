import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { HostSummary } from '#core/api/hosts.ts';
import { useScope } from '#web/app/scope/use-scope.ts';
import type { Search } from '#web/app/search.ts';
import { useHosts } from '#web/data/hosts.ts';
import { useNow } from '#web/data/use-now.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Field } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { hostColumns } from './host-columns.tsx';
import { filterHosts, worstFirst } from './host-filter.ts';
import styles from './hosts-page.module.css';

const SEND_COMMAND = 'echo "system_cpu_load_average_1m;host=$(hostname) 0.5 $(date +%s)" | nc -w1 127.0.0.1 2003';

/** The fleet: worst first, by a few letters. */
export function HostsPage() {
  const { q = '', sort } = useSearch({ strict: false, select: ({ q, sort }) => ({ q, sort }) });
  const navigate = useNavigate();
  const scope = useScope();
  const hosts = useHosts();
  const now = useNow();
  const columns = useMemo(() => hostColumns(now), [now]);
  const rows = useMemo(
    () => worstFirst(filterHosts(hosts.data ?? [], q, scope.matchers), now),
    [hosts.data, q, scope.matchers, now],
  );
  const change = (next: { q?: string | undefined; sort?: string | undefined }): void => {
    void navigate({ to: '.', search: (search: Search) => ({ ...search, ...next }), replace: true });
  };
  const open = ({ host }: HostSummary): void => void navigate({ to: '/hosts/$host', params: { host } });
  const total = hosts.data?.length ?? 0;
  return (
    <div className={styles.page}>
      <div className={styles.top}>
        <h1 className={styles.title}>Hosts</h1>
        <Field
          label={<span className="visually-hidden">Find a host</span>}
          type="search"
          value={q}
          placeholder="Find a host"
          onChange={(event) => change({ q: event.target.value || undefined })}
        />
      </div>
      <Panel
        title="All hosts"
        note={total === 0 ? undefined : rows.length === total ? `${total}, worst first` : `${rows.length} of ${total}`}
        flush
        state={queryState(hosts, ({ length }) => (length === 0 ? NONE : undefined))}
      >
        {rows.length === 0 && total > 0 ? (
          <EmptyState
            title="No host matches"
            action={<Button onClick={() => change({ q: undefined })}>Show all hosts</Button>}
          />
        ) : (
          <DataTable
            label="Hosts"
            columns={columns}
            rows={rows}
            rowKey={({ host }) => host}
            sort={sort}
            onSort={(next) => change({ sort: next })}
            onOpen={open}
          />
        )}
      </Panel>
    </div>
  );
}

function NoHosts() {
  return (
    <EmptyState title="No host has reported yet" command={SEND_COMMAND}>
      A host appears with its first sample that has a label <code>host</code>. Try it with this one:
    </EmptyState>
  );
}

const NONE = <NoHosts />;
