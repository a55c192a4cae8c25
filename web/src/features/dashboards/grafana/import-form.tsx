import { type DragEvent, useDeferredValue, useId, useMemo, useState } from 'react';
import styles from '#web/features/dashboards/editor.module.css';
import { useDashboardActions } from '#web/features/dashboards/use-dashboards.ts';
import { Button } from '#web/ui/button.tsx';
import { FidelityReportView } from './fidelity-report-view.tsx';
import { type ReadImport, readImport } from './read-import.ts';
import reportStyles from './report.module.css';

export type ImportFormProps = { readonly onClose: () => void; readonly onImported: (id: string) => void };

/**
 * Takes a dashboard, ours or Grafana's, from a file that is chosen or dropped, or from pasted JSON. What is wrong is named
 * by its path, and what becomes of each panel is told, before anything is stored.
 */
export function ImportForm({ onClose, onImported }: ImportFormProps) {
  const [text, setText] = useState('');
  const [isDropping, setDropping] = useState(false);
  const { create, importAs } = useDashboardActions();
  const id = useId();
  const given = useDeferredValue(text);
  const read = useMemo(() => readImport(given), [given]);
  const take = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) setText(await file.text());
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(false);
    void take(event.dataTransfer.files[0]);
  };
  const submit = async (): Promise<void> => {
    if (read?.ok !== true) return;
    const { dashboard, report } = read;
    const stored = await (report === undefined
      ? create.mutateAsync(dashboard)
      : importAs.mutateAsync({ dashboard, report }));
    onClose();
    onImported(stored.id);
  };
  return (
    <div className={styles.stack}>
      <div
        className={`${reportStyles.drop} ${isDropping ? reportStyles.dropping : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setDropping(true);
        }}
        onDragLeave={() => setDropping(false)}
        onDrop={drop}
      >
        <label className={styles.fileLabel}>
          JSON file: a dashboard of this product or of Grafana (choose it or drop it here)
          <input type="file" accept="application/json,.json" onChange={({ target }) => void take(target.files?.[0])} />
        </label>
        <label htmlFor={id} className={styles.fileLabel}>
          or paste it
        </label>
        <textarea
          id={id}
          className={styles.json}
          rows={6}
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <ImportAnswer read={read} failure={(create.error ?? importAs.error)?.message} />
      {read?.ok === true && read.report !== undefined && <FidelityReportView key={given} report={read.report} />}
      <div className={reportStyles.actions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="solid"
          disabled={read?.ok !== true || given !== text || create.isPending || importAs.isPending}
          onClick={() => void submit().catch(() => undefined)}
        >
          Import
        </Button>
      </div>
    </div>
  );
}

function ImportAnswer({
  read,
  failure,
}: {
  readonly read: ReadImport | undefined;
  readonly failure?: string | undefined;
}) {
  return (
    <output>
      {read?.ok === false && (
        <ul className={styles.problems}>
          {read.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {read?.ok === true && summaryOf(read)}
      {failure !== undefined && <p className={styles.error}>Not imported: {failure}</p>}
    </output>
  );
}

function summaryOf({ dashboard, report }: Extract<ReadImport, { ok: true }>): string {
  const { title, panels, variables } = dashboard;
  const parts = [`“${title}” with ${panels.length} panels`];
  if (variables.length > 0) parts.push(`${variables.length} variables`);
  if (report !== undefined) parts.push(`from Grafana: ${report.format}`);
  return parts.join(', ');
}
