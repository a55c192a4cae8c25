import { useQuery } from '@tanstack/react-query';
import type { DropPreview } from '#core/api/ingest-rules.ts';
import { useApi } from '#web/data/data-context.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import styles from './cardinality.module.css';

type DropDialogProps = {
  readonly selector: string;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly onDrop: () => void;
  readonly onClose: () => void;
};

/** What a drop rule would refuse, before it does. */
export function DropDialog({ selector, error, isPending, onDrop, onClose }: DropDialogProps) {
  const api = useApi();
  const preview = useQuery({
    queryKey: ['drop-preview', selector],
    queryFn: ({ signal }) =>
      api.json<DropPreview>('/api/ingest-rules/preview', { method: 'POST', body: { selector }, signal }),
  });
  const { data } = preview;
  return (
    <Dialog title={`Drop ${selector}`} onClose={onClose}>
      <div className={styles.stack}>
        {preview.error !== null && <ErrorCard error={preview.error} />}
        {data === undefined ? (
          <output>Looking which series it names …</output>
        ) : (
          <>
            <p className={styles.note}>
              New samples of {data.isCut ? 'more than ' : ''}
              {data.series} series are refused from now on, and counted as dropped_by_rule. What is stored stays.
            </p>
            <ul className={styles.samples} aria-label="Series">
              {data.samples.map((series) => (
                <li key={series}>{series}</li>
              ))}
            </ul>
          </>
        )}
        {error !== null && <ErrorCard error={error} />}
        <div className={styles.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" disabled={data === undefined || isPending} onClick={onDrop}>
            Drop them
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
