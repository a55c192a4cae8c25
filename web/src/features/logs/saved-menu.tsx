import { IconBookmark } from '@tabler/icons-react';
import { useState } from 'react';
import type { SavedSearch } from '#core/api/saved-search.ts';
import { useSearchActions } from '#web/data/saved-searches.ts';
import { Button } from '#web/ui/button.tsx';
import { Popover } from '#web/ui/popover.tsx';
import { DeleteSearchDialog } from './delete-search-dialog.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { SavedList } from './saved-list.tsx';
import styles from './saved-menu.module.css';
import { isChanged, shownSearch } from './shown-search.ts';
import type { LogView } from './use-log-view.ts';
import { useSavedView } from './use-saved-view.ts';

type Asking = { readonly kind: 'new' } | { readonly kind: 'change' | 'delete'; readonly saved: SavedSearch };

/** Saved searches: which is open and whether it was changed, saving, and the list of all. */
export function SavedMenu({ view }: { readonly view: LogView }) {
  const saved = useSavedView();
  const { opened } = saved;
  const { save } = useSearchActions();
  const [asking, setAsking] = useState<Asking>();
  const shown = shownSearch(view);
  const isDirty = opened !== undefined && isChanged(opened, shown);
  const done = (): void => setAsking(undefined);
  const saveOver = ({ id, version, search }: SavedSearch): void =>
    save.mutate({ id, version, search: { ...search, ...shown, columns: [...shown.columns] } });
  return (
    <>
      <Popover
        label={opened === undefined ? 'Saved searches' : `Saved search ${opened.search.name}`}
        align="end"
        button={
          <>
            <IconBookmark size={15} aria-hidden="true" />
            <span className={styles.opened}>{opened?.search.name ?? 'Saved'}</span>
            {isDirty && <span className={styles.dirty}>changed</span>}
          </>
        }
      >
        {(close) => {
          const ask = (next: Asking): void => {
            close();
            setAsking(next);
          };
          return (
            <div className={styles.menu}>
              <div className={styles.actions}>
                {isDirty && opened.canChange && (
                  <Button look="solid" disabled={save.isPending} onClick={() => saveOver(opened)}>
                    Save
                  </Button>
                )}
                {isDirty && (
                  <Button onClick={() => saved.open(opened)} title="Back to what was saved">
                    Undo changes
                  </Button>
                )}
                <Button onClick={() => ask({ kind: 'new' })}>Save as …</Button>
              </div>
              {save.error !== null && <p className={styles.error}>Not saved: {save.error.message}</p>}
              {saved.isMissing && <p className={styles.error}>The search of this link is gone, or it is not shared.</p>}
              <SavedList
                searches={saved.searches}
                openedId={opened?.id}
                onOpened={close}
                onChange={(each) => ask({ kind: 'change', saved: each })}
                onDelete={(each) => ask({ kind: 'delete', saved: each })}
              />
            </div>
          );
        }}
      </Popover>
      {asking?.kind === 'new' && (
        <SaveDialog
          shown={shown}
          onClose={done}
          onSaved={(each) => {
            done();
            saved.open(each);
          }}
        />
      )}
      {asking?.kind === 'change' && <SaveDialog shown={shown} of={asking.saved} onClose={done} onSaved={done} />}
      {asking?.kind === 'delete' && (
        <DeleteSearchDialog
          saved={asking.saved}
          onClose={done}
          onDeleted={() => {
            done();
            if (asking.saved.id === opened?.id) saved.forget();
          }}
        />
      )}
    </>
  );
}
