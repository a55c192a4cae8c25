import { type SubmitEvent, useState } from 'react';
import type { SavedSearch, SearchDraft } from '#core/api/saved-search.ts';
import { useTime } from '#web/app/time/use-time.ts';
import { useSession } from '#web/data/bootstrap.ts';
import { useSearchActions } from '#web/data/saved-searches.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field } from '#web/ui/field.tsx';
import { focusOnMount } from '#web/ui/focus-on-mount.ts';
import styles from './saved-menu.module.css';
import type { ShownSearch } from './shown-search.ts';

export type SaveDialogProps = {
  /** What is kept. */
  readonly shown: ShownSearch;
  /** The one whose name, time and sharing are changed; undefined: a new one is made. */
  readonly of?: SavedSearch | undefined;
  readonly onClose: () => void;
  readonly onSaved: (saved: SavedSearch) => void;
};

/** Keeps a search under a name, or changes the name, the time and whom it is for. */
export function SaveDialog({ shown, of, onClose, onSaved }: SaveDialogProps) {
  const time = useTime();
  const { user } = useSession();
  const { create, save } = useSearchActions();
  const old = of?.search;
  const range = old?.range ?? { from: time.from, to: time.to };
  const [name, setName] = useState(old?.name ?? '');
  const [keepsTime, setKeepsTime] = useState(old?.range !== undefined);
  const [shared, setShared] = useState(old?.shared ?? false);
  const canShare = user?.scope !== 'read';
  const error = create.error ?? save.error;
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const kept = old === undefined ? { ...shown, columns: [...shown.columns] } : old;
    const { query, columns, order } = kept;
    const search: SearchDraft = { name: name.trim(), query, columns, order, shared, ...(keepsTime ? { range } : {}) };
    const answer =
      of === undefined ? create.mutateAsync(search) : save.mutateAsync({ id: of.id, version: of.version, search });
    void answer.then(onSaved, () => undefined);
  };
  return (
    <Dialog title={of === undefined ? 'Save this search' : 'Change this search'} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <Field
          label="Name"
          value={name}
          maxLength={120}
          required
          ref={focusOnMount}
          onChange={({ target }) => setName(target.value)}
        />
        <label className={styles.choice}>
          <input type="checkbox" checked={keepsTime} onChange={({ target }) => setKeepsTime(target.checked)} />
          <span>
            With its time <code>{rangeText(range)}</code>
          </span>
        </label>
        <label className={styles.choice}>
          <input
            type="checkbox"
            checked={shared}
            disabled={!canShare}
            onChange={({ target }) => setShared(target.checked)}
          />
          {canShare ? 'For everybody' : 'For everybody: needs the scope write'}
        </label>
        {error !== null && <p className={styles.error}>Not saved: {error.message}</p>}
        <div className={styles.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="solid" disabled={name.trim() === '' || create.isPending || save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const moment = (text: string): string => (/^\d+$/.test(text) ? new Date(Number(text)).toISOString() : text);
const rangeText = ({ from, to }: { readonly from: string; readonly to: string }): string =>
  `${moment(from)} … ${moment(to)}`;
