import { type SubmitEvent, useRef, useState } from 'react';
import type { TriedCollection } from '#core/api/collectors.ts';
import { useNow } from '#web/data/use-now.ts';
import { TestResult } from '#web/features/collectors/test-result.tsx';
import { useRemoveTarget, useSaveTarget, useTestTarget } from '#web/features/collectors/use-targets.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Field } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { previewOf } from './preview.ts';
import { type ColumnRole, type QueryDraft, requestOf, rolesOf, withRole } from './query-draft.ts';
import { CheckField, DatabaseFields, StatementFields } from './query-fields.tsx';
import { RowsTable } from './rows-table.tsx';
import styles from './sql-poller.module.css';

type QueryEditorProps = { readonly initial: QueryDraft; readonly onClose: () => void };

/** One query beside its rows and the series that come of them. */
export function QueryEditor({ initial, onClose }: QueryEditorProps) {
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(initial);
  const put = (change: Partial<QueryDraft>): void => setDraft((before) => ({ ...before, ...change }));
  const run = useTestTarget();
  const save = useSaveTarget(draft.id, onClose);
  const id = draft.id === undefined ? {} : { id: draft.id };
  const start = (): void => {
    if (form.current?.reportValidity() !== true) return;
    const onSuccess = ({ table }: TriedCollection): void => {
      if (table !== undefined) setDraft((before) => ({ ...before, roles: rolesOf(table, before.roles) }));
    };
    run.mutate({ ...requestOf(draft, false), ...id }, { onSuccess });
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    save.mutate(requestOf(draft));
  };
  const error = save.error ?? run.error;
  return (
    <div className={styles.editor}>
      <Panel
        title={initial.name === '' ? 'New query' : initial.name}
        menu={<Button onClick={onClose}>Back to the list</Button>}
      >
        <form ref={form} className={styles.form} onSubmit={submit}>
          <Field
            label="Name"
            hint="Its series begin with it: shop_orders"
            required
            pattern="[a-z][a-z0-9_]*"
            title="lower-case letters, digits and underscores"
            spellCheck={false}
            value={draft.name}
            onChange={({ target }) => put({ name: target.value })}
          />
          <DatabaseFields draft={draft} onChange={put} />
          <StatementFields draft={draft} onChange={put} />
          <CheckField label="Switched on" isChecked={draft.enabled} onChange={(enabled) => put({ enabled })} />
          {error !== null && <ErrorCard error={error} />}
          <div className={styles.buttons}>
            <Button look="solid" type="submit" disabled={save.isPending}>
              Save
            </Button>
            <Button disabled={run.isPending} onClick={start}>
              {run.isPending ? 'Running …' : 'Run'}
            </Button>
            {draft.id !== undefined && <RemoveButton id={draft.id} onRemoved={onClose} />}
          </div>
        </form>
      </Panel>
      <ResultPanel
        draft={draft}
        tried={run.data}
        onRole={(column, role) => put({ roles: withRole(draft.roles, column, role) })}
      />
    </div>
  );
}

type ResultPanelProps = {
  readonly draft: QueryDraft;
  readonly tried: TriedCollection | undefined;
  readonly onRole: (column: string, role: ColumnRole) => void;
};

function ResultPanel({ draft, tried, onRole }: ResultPanelProps) {
  const now = useNow();
  const table = tried?.table;
  const count = table === undefined ? '' : `${table.rows.length}${table.isCut ? ' and more' : ''} rows`;
  return (
    <Panel title="Result" note={count}>
      <div className={styles.result}>
        {tried === undefined && (
          <p className={styles.quiet}>Run the query: its rows, and the series that come of them.</p>
        )}
        {table !== undefined && <RowsTable table={table} roles={draft.roles} onRole={onRole} />}
        {tried !== undefined && <TestResult tried={previewOf(draft, tried, now)} />}
      </div>
    </Panel>
  );
}

function RemoveButton({ id, onRemoved }: { readonly id: string; readonly onRemoved: () => void }) {
  const [asks, setAsks] = useState(false);
  const removal = useRemoveTarget(onRemoved);
  return (
    <span className={styles.right}>
      {removal.error !== null && <span>{removal.error.message} </span>}
      <Button look="danger" disabled={removal.isPending} onClick={() => (asks ? removal.mutate(id) : setAsks(true))}>
        {asks ? 'Really remove' : 'Remove'}
      </Button>
    </span>
  );
}
