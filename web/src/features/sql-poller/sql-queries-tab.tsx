import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Search } from '#web/app/search.ts';
import { useCollectors } from '#web/data/collectors.ts';
import { useNow } from '#web/data/use-now.ts';
import { targetColumns } from '#web/features/collectors/target-columns.tsx';
import { TargetDialog } from '#web/features/collectors/target-dialog.tsx';
import { type TargetRow, targetRows } from '#web/features/collectors/target-rows.ts';
import { useTargets } from '#web/features/collectors/use-targets.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { COLLECTOR, draftOf, NEW_DRAFT } from './query-draft.ts';
import { QueryEditor } from './query-editor.tsx';
import styles from './sql-poller.module.css';

const NEW = 'new';

/** Queries of databases that make series. Which one is edited stands in the URL: `edit` is `new` or the id of a target. */
export function SqlQueriesTab() {
  const edit = useSearch({ strict: false, select: (search) => search['edit'] });
  const navigate = useNavigate();
  const { stored } = useTargets();
  const go = (next: string | undefined): void =>
    void navigate({ to: '.', search: (search: Search) => ({ ...search, edit: next }) });
  const edited = stored.data?.find(({ id, collector }) => id === edit && collector === COLLECTOR);
  if (edit === NEW || edited !== undefined) {
    const initial = edited === undefined ? NEW_DRAFT : draftOf(edited);
    return <QueryEditor key={edit} initial={initial} onClose={() => go(undefined)} />;
  }
  return <QueryList onEdit={go} />;
}

/** All queries, those that fail first. */
function QueryList({ onEdit }: { readonly onEdit: (id: string) => void }) {
  const [shown, setShown] = useState<TargetRow>();
  const statuses = useCollectors();
  const { catalogue, stored } = useTargets();
  const now = useNow();
  const entries = catalogue.data ?? [];
  const rows = targetRows(statuses.data ?? [], stored.data ?? [], entries).filter(({ collector }) => {
    return collector === COLLECTOR;
  });
  const open = (row: TargetRow): void => (row.stored === undefined ? setShown(row) : onEdit(row.stored.id));
  const add = (
    <Button look="solid" onClick={() => onEdit(NEW)}>
      New query
    </Button>
  );
  const none = (
    <EmptyState title="No database is asked" action={add}>
      Any query on PostgreSQL, MySQL or MariaDB: each row of its answer becomes a series.
    </EmptyState>
  );
  return (
    <div className={styles.page}>
      <Panel
        title="SQL queries"
        note={rows.length === 1 ? '1 query' : `${rows.length} queries`}
        menu={rows.length > 0 && add}
        flush
        state={queryState(statuses, () => (rows.length === 0 ? none : undefined))}
      >
        <DataTable
          label="SQL queries"
          columns={targetColumns(now, open).filter(({ key }) => key !== 'title')}
          rows={rows}
          rowKey={({ key }) => key}
          onOpen={open}
        />
      </Panel>
      {shown !== undefined && (
        <TargetDialog
          row={shown}
          entry={entries.find(({ id }) => id === COLLECTOR)}
          onClose={() => setShown(undefined)}
        />
      )}
    </div>
  );
}
