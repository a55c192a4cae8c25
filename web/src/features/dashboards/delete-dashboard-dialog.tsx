import type { StoredDashboard } from '#core/api/dashboard.ts';
import { DeleteDialog } from '#web/ui/delete-dialog.tsx';
import { useDashboardActions } from './use-dashboards.ts';

export type DeleteDashboardDialogProps = {
  readonly stored: StoredDashboard;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
};

/** Asks before a dashboard is deleted, and says what goes. */
export function DeleteDashboardDialog({ stored, onClose, onDeleted }: DeleteDashboardDialogProps) {
  const { remove } = useDashboardActions();
  return (
    <DeleteDialog
      title="Delete this dashboard?"
      isPending={remove.isPending}
      error={remove.error}
      onDelete={() => void remove.mutateAsync(stored.id).then(onDeleted, () => undefined)}
      onClose={onClose}
    >
      “{stored.dashboard.title}” with {stored.dashboard.panels.length} panels will be gone for everyone. The metrics
      stay.
    </DeleteDialog>
  );
}
