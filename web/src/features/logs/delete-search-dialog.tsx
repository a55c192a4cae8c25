import type { SavedSearch } from '#core/api/saved-search.ts';
import { useSearchActions } from '#web/data/saved-searches.ts';
import { DeleteDialog } from '#web/ui/delete-dialog.tsx';

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
    <DeleteDialog
      title="Delete this search?"
      isPending={remove.isPending}
      error={remove.error}
      onDelete={() => void remove.mutateAsync(saved.id).then(onDeleted, () => undefined)}
      onClose={onClose}
    >
      “{name}” will be gone{shared ? ' for everybody' : ''}. The lines stay.
    </DeleteDialog>
  );
}
