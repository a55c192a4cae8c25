import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import styles from './delete-dialog.module.css';
import { Dialog } from './dialog.tsx';

export type DeleteDialogProps = {
  /** The question. */
  readonly title: string;
  /** What goes, for whom, and what stays. */
  readonly children: ReactNode;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly onDelete: () => void;
  readonly onClose: () => void;
};

/** Asks before something is deleted. */
export function DeleteDialog({ title, children, isPending, error, onDelete, onClose }: DeleteDialogProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={styles.content}>
        <p>{children}</p>
        {error !== null && <p className={styles.error}>Not deleted: {error.message}</p>}
        <div className={styles.actions}>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" disabled={isPending} onClick={onDelete}>
            Delete
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
