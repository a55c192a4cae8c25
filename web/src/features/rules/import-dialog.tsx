import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportedRules, RecordingGroup } from '#core/api/recording.ts';
import { useApi } from '#web/data/data-context.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import styles from './rules.module.css';

type ImportDialogProps = {
  readonly error: Error | null;
  readonly onImport: (groups: readonly RecordingGroup[]) => void;
  readonly onClose: () => void;
};

/** Takes the recording rules of a Prometheus rule file, after telling what it leaves out. */
export function ImportDialog({ error, onImport, onClose }: ImportDialogProps) {
  const api = useApi();
  const [yaml, setYaml] = useState('');
  const read = useMutation({
    mutationFn: () => api.json<ImportedRules>('/api/recording/read-yaml', { method: 'POST', body: { yaml } }),
  });
  const found = read.data;
  const count = found?.groups.reduce((sum, { rules }) => sum + rules.length, 0) ?? 0;
  return (
    <Dialog title="Import a rule file" onClose={onClose} wide>
      <div className={styles.form}>
        <label className={styles.label}>
          Rule file of Prometheus (YAML)
          <textarea className={styles.text} value={yaml} onChange={({ target }) => setYaml(target.value)} />
        </label>
        {(read.error ?? error) !== null && <ErrorCard error={read.error ?? error} />}
        {found !== undefined && (
          <p className={styles.note}>
            {count} recording rules in {found.groups.length} groups; {found.skipped.length} not taken
          </p>
        )}
        {found?.skipped.map(({ group, rule, reason }) => (
          <p key={`${group} ${rule} ${reason}`} className={styles.note}>
            {group}, {rule}: {reason}
          </p>
        ))}
        <div className={styles.buttons}>
          <Button disabled={yaml.trim() === '' || read.isPending} onClick={() => read.mutate()}>
            Read
          </Button>
          <Button look="solid" disabled={count === 0} onClick={() => found !== undefined && onImport(found.groups)}>
            Import
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
