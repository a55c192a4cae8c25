import type { UseMutationResult } from '@tanstack/react-query';
import type { LogRuleVersion, StoredLogRules } from '#core/api/log-rule-api.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import type { Column } from '#web/ui/data-table-column.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import styles from './parsing.module.css';
import { useLogRuleVersions } from './use-log-rules.ts';
import type { RulesEdit } from './use-rules-draft.ts';

type VersionsDialogProps = {
  readonly current: StoredLogRules;
  readonly edit: RulesEdit;
  readonly restore: UseMutationResult<StoredLogRules, Error, number>;
  readonly onSaved: (saved: StoredLogRules) => void;
  readonly onClose: () => void;
};

/** Everything that was ever saved; any of it can be put into force again. */
export function VersionsDialog({ current, edit, restore, onSaved, onClose }: VersionsDialogProps) {
  const versions = useLogRuleVersions(current.version);
  const columns = versionColumns({
    current: current.version,
    isBusy: restore.isPending,
    onRestore: (version) =>
      restore.mutate(version, {
        onSuccess: (saved) => {
          onSaved(saved);
          onClose();
        },
      }),
  });
  return (
    <Dialog title="Versions of the parsing rules" wide onClose={onClose}>
      <div className={styles.stack}>
        <p className={styles.note}>
          To restore saves the old rules as a new version; nothing is lost.
          {edit.isChanged && ' Changes that are not saved are discarded.'}
        </p>
        {restore.error !== null && <ErrorCard error={restore.error} />}
        {versions.error !== null && <ErrorCard error={versions.error} retry={() => void versions.refetch()} />}
        <DataTable
          label="Versions"
          columns={columns}
          rows={versions.data?.versions ?? []}
          rowKey={({ version }) => String(version)}
        />
      </div>
    </Dialog>
  );
}

type Acts = {
  readonly current: number;
  readonly isBusy: boolean;
  readonly onRestore: (version: number) => void;
};

function versionColumns({ current, isBusy, onRestore }: Acts): readonly Column<LogRuleVersion>[] {
  return [
    { key: 'version', header: 'Version', width: '72px', align: 'end', cell: ({ version }) => version },
    {
      key: 'saved',
      header: 'Saved',
      width: 'minmax(150px, 1fr)',
      cell: ({ savedAt, savedBy }) => `${new Date(savedAt).toLocaleString('en')} by ${savedBy}`,
    },
    {
      key: 'rules',
      header: 'Rules',
      width: 'minmax(120px, 1fr)',
      cell: ({ rules, enabled, restored }) =>
        `${rules}, ${enabled} on${restored === undefined ? '' : `; version ${restored} again`}`,
    },
    {
      key: 'restore',
      header: 'In force',
      width: '96px',
      cell: ({ version }) =>
        version === current ? (
          'yes'
        ) : (
          <Button
            look="quiet"
            aria-label={`Restore version ${version}`}
            disabled={isBusy}
            onClick={() => onRestore(version)}
          >
            Restore
          </Button>
        ),
    },
  ];
}
