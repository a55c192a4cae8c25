import { IconPlus, IconUpload } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Dashboard } from '#core/api/dashboard.ts';
import type { Search } from '#web/app/search.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Field } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import styles from './dashboard.module.css';
import { dashboardColumns } from './dashboard-columns.tsx';
import { matchesSearch, tagsOf } from './dashboard-search.ts';
import { ImportDialog } from './import-dialog.tsx';
import { useDashboardActions, useDashboards } from './use-dashboards.ts';

type ListSearch = {
  readonly find?: string | undefined;
  readonly tag?: string | undefined;
  readonly sort?: string | undefined;
};

/** All dashboards: built-in and own; find, create, import. */
export function DashboardsPage() {
  const { find = '', tag, sort = 'title' } = useSearch({ strict: false }) as ListSearch;
  const navigate = useNavigate();
  const list = useDashboards();
  const { create } = useDashboardActions();
  const [isImporting, setImporting] = useState(false);
  const all = list.data ?? [];
  const shown = all.filter((stored) => matchesSearch(stored, find, tag));
  const change = (part: ListSearch): void =>
    void navigate({ to: '.', search: (before: Search) => ({ ...before, ...part }), replace: true });
  const open = (id: string): void => void navigate({ to: '/dashboards/$id', params: { id } });
  const createEmpty = async (): Promise<void> => {
    const stored = await create.mutateAsync(Dashboard.parse({ title: 'New dashboard', from: 'now-15m' }));
    void navigate({
      to: '/dashboards/$id',
      params: { id: stored.id },
      search: (before: Search) => ({ ...before, edit: '1' }),
    });
  };
  const createButton = (
    <Button look="solid" disabled={create.isPending} onClick={() => void createEmpty().catch(() => undefined)}>
      <IconPlus size={15} /> New dashboard
    </Button>
  );
  const state = queryState(list, ({ length }) =>
    length > 0 ? undefined : (
      <EmptyState title="No dashboards yet" action={createButton}>
        A dashboard is a page of charts that you arrange yourself.
      </EmptyState>
    ),
  );
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>Dashboards</h1>
        <span className={styles.tools}>
          <Button onClick={() => setImporting(true)}>
            <IconUpload size={15} /> Import
          </Button>
          {createButton}
        </span>
      </div>
      {create.error !== null && (
        <p role="alert" className={styles.error}>
          The dashboard was not created: {create.error.message}
        </p>
      )}
      <div className={styles.head}>
        <Field
          className={styles.search}
          label={<span className="visually-hidden">Find a dashboard</span>}
          type="search"
          placeholder="Find by title, tag or description"
          value={find}
          onChange={({ target }) => change({ find: target.value || undefined })}
        />
        <fieldset className={styles.tags} aria-label="Tags">
          {tagsOf(all).map((each) => (
            <button
              key={each}
              type="button"
              className={styles.tag}
              aria-pressed={each === tag}
              onClick={() => change({ tag: each === tag ? undefined : each })}
            >
              {each}
            </button>
          ))}
        </fieldset>
      </div>
      <Panel
        title="All dashboards"
        note={shown.length === all.length ? all.length : `${shown.length} of ${all.length}`}
        flush
        state={state}
        height={200}
      >
        {shown.length === 0 && all.length > 0 ? (
          <EmptyState
            title="No dashboard matches"
            action={<Button onClick={() => change({ find: undefined, tag: undefined })}>Show all</Button>}
          />
        ) : (
          <DataTable
            label="Dashboards"
            columns={dashboardColumns}
            rows={shown}
            rowKey={({ id }) => id}
            sort={sort}
            onSort={(next) => change({ sort: next })}
            onOpen={({ id }) => open(id)}
          />
        )}
      </Panel>
      {isImporting && <ImportDialog onClose={() => setImporting(false)} onImported={open} />}
    </div>
  );
}
