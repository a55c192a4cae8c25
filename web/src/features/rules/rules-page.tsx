import { useState } from 'react';
import type { RecordingGroup } from '#core/api/recording.ts';
import { useNow } from '#web/data/use-now.ts';
import { Button, buttonClass } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { withChangedRule, withoutRule, withRule } from './change-groups.ts';
import { ImportDialog } from './import-dialog.tsx';
import { ruleColumns } from './rule-columns.tsx';
import { type EditedRule, RuleDialog } from './rule-dialog.tsx';
import styles from './rules.module.css';
import { type RuleRow, useRecording } from './use-recording.ts';

type Open = { readonly kind: 'new' | 'import' } | { readonly kind: 'edit'; readonly row: RuleRow };

const NEW_RULE: EditedRule = {
  name: 'recording',
  intervalMs: 60_000,
  rule: {
    language: 'promql',
    record: '',
    expr: 'sum by (host) (rate(system_cpu_time_seconds_total[5m]))',
    labels: {},
  },
};

/** Recording rules: what they record, how they did last, and their editor. */
export function RulesPage() {
  const { stored, save, rows } = useRecording();
  const now = useNow();
  const [open, setOpen] = useState<Open>();
  const groups = stored.data?.groups ?? [];
  const close = (): void => {
    setOpen(undefined);
    save.reset();
  };
  const store = (next: readonly RecordingGroup[]): void => save.mutate(next, { onSuccess: close });
  const add = (
    <Button look="solid" onClick={() => setOpen({ kind: 'new' })}>
      New rule
    </Button>
  );
  const none = (
    <EmptyState title="No recording rules yet" action={add}>
      A rule evaluates an expression at regular times and keeps the result as series of its own.
    </EmptyState>
  );
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Recording rules</h1>
      <Panel
        title="Rules"
        menu={
          <span className={styles.buttons}>
            <Button onClick={() => setOpen({ kind: 'import' })}>Import</Button>
            {rows.length > 0 && (
              <a className={buttonClass()} href="/api/recording/yaml" download>
                Export
              </a>
            )}
            {rows.length > 0 && add}
          </span>
        }
        flush
        state={queryState(stored, () => (rows.length === 0 ? none : undefined))}
      >
        <DataTable
          label="Recording rules"
          columns={ruleColumns(now, (row) => setOpen({ kind: 'edit', row }))}
          rows={rows}
          rowKey={({ group, position }) => `${group.name} ${position}`}
        />
      </Panel>
      {open?.kind === 'import' && (
        <ImportDialog
          error={save.error}
          onImport={(read) => {
            const names = new Set(read.map(({ name }) => name));
            store([...groups.filter(({ name }) => !names.has(name)), ...read]);
          }}
          onClose={close}
        />
      )}
      {open?.kind === 'new' && (
        <RuleDialog
          title="New recording rule"
          initial={NEW_RULE}
          error={save.error}
          isPending={save.isPending}
          onSave={({ rule, ...group }) => store(withRule(groups, group, rule))}
          onClose={close}
        />
      )}
      {open?.kind === 'edit' && (
        <EditDialog row={open.row} groups={groups} save={save} onSave={store} onClose={close} />
      )}
    </div>
  );
}

type EditDialogProps = {
  readonly row: RuleRow;
  readonly groups: readonly RecordingGroup[];
  readonly save: ReturnType<typeof useRecording>['save'];
  readonly onSave: (groups: readonly RecordingGroup[]) => void;
  readonly onClose: () => void;
};

function EditDialog({ row: { group, position, rule }, groups, save, onSave, onClose }: EditDialogProps) {
  const place = { group: group.name, position };
  return (
    <RuleDialog
      title={`Rule ${rule.record}`}
      initial={{ name: group.name, intervalMs: group.intervalMs, rule }}
      error={save.error}
      isPending={save.isPending}
      onSave={(edited) => onSave(withChangedRule(groups, place, edited))}
      onRemove={() => onSave(withoutRule(groups, place))}
      onClose={onClose}
    />
  );
}
