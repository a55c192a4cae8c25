import type { SavedSearch } from '#core/api/saved-search.ts';
import { useSearchActions } from '#web/data/saved-searches.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import styles from './saved-menu.module.css';

export type DeleteSearchDialogProps = {
  readonly saved: SavedSearch;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
};

/** Asks before a saved search is deleted, and says for whom it goes. */
export function DeleteSearchDialog({ saved, onClose, onDeleted }: DeleteSearchDialogProps) {
  const { remove } = useSearchActions();
  const { name, shared } = saved.search;
  return (
    <Dialog title="Delete this search?" onClose={onClose}>
      <div className={styles.form}>
        <p>
          “{name}” will be gone{shared ? ' for everybody' : ''}. The lines stay.
        </p>
        {remove.error !== null && <p className={styles.error}>Not deleted: {remove.error.message}</p>}
        <div className={styles.actions}>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            look="danger"
            disabled={remove.isPending}
            onClick={() => void remove.mutateAsync(saved.id).then(onDeleted, () => undefined)}
          >
            Delete
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
