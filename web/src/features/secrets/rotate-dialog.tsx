import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import styles from './secrets.module.css';
import { useRotateSecrets } from './use-secrets.ts';

/** Asks before the key of all secrets is replaced, and tells how many it was. */
export function RotateDialog({ onClose }: { readonly onClose: () => void }) {
  const rotation = useRotateSecrets();
  return (
    <Dialog title="Rotate the key" onClose={onClose}>
      <div className={styles.form}>
        {rotation.data === undefined ? (
          <>
            <p>
              All secrets, those of targets too, are encrypted with a new key, and the old key is dropped. Values stay
              as they are. Back up the new key afterwards: <code>secret.key</code> in the data folder.
            </p>
            {rotation.error !== null && <ErrorCard error={rotation.error} />}
            <Button look="solid" disabled={rotation.isPending} onClick={() => rotation.mutate(undefined)}>
              Rotate
            </Button>
          </>
        ) : (
          <>
            <output>{countText(rotation.data.count)} encrypted with a new key.</output>
            <Button look="solid" onClick={onClose}>
              Close
            </Button>
          </>
        )}
      </div>
    </Dialog>
  );
}

const countText = (count: number): string => (count === 1 ? '1 secret is' : `${count} secrets are`);
