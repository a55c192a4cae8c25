import { type ChangeEvent, useId, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { readDashboardJson } from './dashboard-json.ts';
import styles from './editor.module.css';
import { useDashboardActions } from './use-dashboards.ts';

export type ImportDialogProps = { readonly onClose: () => void; readonly onImported: (id: string) => void };

/** Takes a dashboard from a file or pasted JSON; what is wrong is named by its path before anything is stored. */
export function ImportDialog({ onClose, onImported }: ImportDialogProps) {
  const [text, setText] = useState('');
  const { create } = useDashboardActions();
  const id = useId();
  const read = text.trim() === '' ? undefined : readDashboardJson(text);
  const onFile = async ({ target }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = target.files?.[0];
    if (file !== undefined) setText(await file.text());
  };
  const submit = async (): Promise<void> => {
    if (read?.ok !== true) return;
    const stored = await create.mutateAsync(read.dashboard);
    onClose();
    onImported(stored.id);
  };
  return (
    <Dialog title="Import a dashboard" onClose={onClose} wide>
      <div className={styles.stack}>
        <label className={styles.fileLabel}>
          JSON file
          <input type="file" accept="application/json,.json" onChange={(event) => void onFile(event)} />
        </label>
        <label htmlFor={id} className={styles.fileLabel}>
          or paste it
        </label>
        <textarea
          id={id}
          className={styles.json}
          rows={14}
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <output>
          {read?.ok === false && (
            <ul className={styles.problems}>
              {read.problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          )}
          {read?.ok === true && `“${read.dashboard.title}” with ${read.dashboard.panels.length} panels`}
          {create.error !== null && <p className={styles.error}>Not imported: {create.error.message}</p>}
        </output>
        <div className={styles.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="solid"
            disabled={read?.ok !== true || create.isPending}
            onClick={() => void submit().catch(() => undefined)}
          >
            Import
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
