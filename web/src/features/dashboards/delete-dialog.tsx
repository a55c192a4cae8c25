import type { StoredDashboard } from '#core/api/dashboard.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import styles from './editor.module.css';
import { useDashboardActions } from './use-dashboards.ts';

export type DeleteDialogProps = {
  readonly stored: StoredDashboard;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
};

/** Asks before a dashboard is deleted, and says what goes. */
export function DeleteDialog({ stored, onClose, onDeleted }: DeleteDialogProps) {
  const { remove } = useDashboardActions();
  return (
    <Dialog title="Delete this dashboard?" onClose={onClose}>
      <div className={styles.stack}>
        <p>
          “{stored.dashboard.title}” with {stored.dashboard.panels.length} panels will be gone for everyone. The metrics
          stay.
        </p>
        {remove.error !== null && <p className={styles.error}>Not deleted: {remove.error.message}</p>}
        <div className={styles.actions}>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            look="danger"
            disabled={remove.isPending}
            onClick={() => void remove.mutateAsync(stored.id).then(onDeleted, () => undefined)}
          >
            Delete
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
