import { useState } from 'react';
import { isFailing, useCollectors } from '#web/data/collectors.ts';
import { useNow } from '#web/data/use-now.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { AddDialog } from './add-dialog.tsx';
import styles from './collectors.module.css';
import { ProposalsPanel } from './proposals-panel.tsx';
import { targetColumns } from './target-columns.tsx';
import { TargetDialog } from './target-dialog.tsx';
import { EMPTY_DRAFT, type TargetDraft } from './target-draft.ts';
import { targetRows } from './target-rows.ts';
import { useTargets } from './use-targets.ts';

type Open =
  | { readonly kind: 'add'; readonly chosen?: { readonly collector: string; readonly draft: TargetDraft } }
  | { readonly kind: 'target'; readonly key: string }
  | undefined;

/** All targets of collectors, those that fail first; adding, testing and changing them; what was found on the host. */
export function CollectorsTab() {
  const [open, setOpen] = useState<Open>();
  const statuses = useCollectors();
  const { catalogue, stored, proposals } = useTargets();
  const now = useNow();
  const close = (): void => setOpen(undefined);
  const entries = catalogue.data ?? [];
  const rows = targetRows(statuses.data ?? [], stored.data ?? [], entries);
  const failing = rows.filter(({ status }) => status !== undefined && isFailing(status)).length;
  const shown = open?.kind === 'target' ? rows.find(({ key }) => key === open.key) : undefined;
  const add = (
    <Button look="solid" disabled={catalogue.data === undefined} onClick={() => setOpen({ kind: 'add' })}>
      Add a target
    </Button>
  );
  const none = (
    <EmptyState title="Nothing is collected" action={add}>
      Servers, databases and whatever else answers over the network.
    </EmptyState>
  );
  return (
    <div className={styles.stack}>
      <ProposalsPanel
        proposals={proposals.data ?? []}
        onAdd={({ collector, options }) =>
          setOpen({ kind: 'add', chosen: { collector, draft: { ...EMPTY_DRAFT, options } } })
        }
      />
      <Panel
        title="Collectors"
        note={
          failing === 0
            ? `${rows.length} ${rows.length === 1 ? 'target' : 'targets'}`
            : `${failing} of ${rows.length} failing`
        }
        menu={rows.length > 0 && add}
        flush
        state={queryState(statuses, () => (rows.length === 0 ? none : undefined))}
      >
        <DataTable
          label="Collectors"
          columns={targetColumns(now, ({ key }) => setOpen({ kind: 'target', key }))}
          rows={rows}
          rowKey={({ key }) => key}
          onOpen={({ key }) => setOpen({ kind: 'target', key })}
        />
      </Panel>
      {open?.kind === 'add' && <AddDialog catalogue={entries} chosen={open.chosen} onClose={close} />}
      {shown !== undefined && (
        <TargetDialog row={shown} entry={entries.find(({ id }) => id === shown.collector)} onClose={close} />
      )}
    </div>
  );
}
