import { useBlocker } from '@tanstack/react-router';
import type { Search } from '#web/app/search.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import styles from './parsing.module.css';

/** Asks before changes are lost: on the way to another page or tab, and when the window is closed. */
export function UnsavedGuard({ isChanged }: { readonly isChanged: boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isChanged &&
      (current.pathname !== next.pathname || (current.search as Search)['tab'] !== (next.search as Search)['tab']),
    enableBeforeUnload: isChanged,
    withResolver: true,
  });
  if (status !== 'blocked') return undefined;
  return (
    <Dialog title="Leave without saving?" onClose={reset}>
      <div className={styles.stack}>
        <p>The changes of the parsing rules are not saved.</p>
        <div className={styles.buttons}>
          <Button look="danger" onClick={proceed}>
            Leave and discard
          </Button>
          <Button look="solid" onClick={reset}>
            Stay
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
