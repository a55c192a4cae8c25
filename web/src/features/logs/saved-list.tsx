import { IconPencil, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { SavedSearch } from '#core/api/saved-search.ts';
import type { Search } from '#web/app/search.ts';
import { searchOfSaved } from '#web/data/saved-searches.ts';
import { Button } from '#web/ui/button.tsx';
import { Field } from '#web/ui/field.tsx';
import styles from './saved-menu.module.css';
import { findSaved } from './shown-search.ts';

export type SavedListProps = {
  readonly searches: readonly SavedSearch[];
  readonly openedId: string | undefined;
  /** A link was followed. */
  readonly onOpened: () => void;
  readonly onChange: (saved: SavedSearch) => void;
  readonly onDelete: (saved: SavedSearch) => void;
};

/** All saved searches, to be found by words and opened; each is a link of its own. */
export function SavedList({ searches, openedId, onOpened, onChange, onDelete }: SavedListProps) {
  const [words, setWords] = useState('');
  const found = findSaved(searches, words);
  return (
    <>
      <Field
        label={<span className="visually-hidden">Find a saved search</span>}
        type="search"
        placeholder="Find a saved search"
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      {found.length === 0 && (
        <p className={styles.note}>
          {searches.length === 0
            ? 'Searches that are saved stand here, with a link of their own.'
            : 'None has these words.'}
        </p>
      )}
      <ul className={styles.list} aria-label="Saved searches">
        {found.map((saved) => (
          <li key={saved.id} className={styles.entry} data-open={saved.id === openedId}>
            <Link
              to="/logs"
              search={(search: Search) => ({ ...search, ...searchOfSaved(saved) })}
              className={styles.name}
              aria-current={saved.id === openedId}
              onClick={onOpened}
            >
              <span>{saved.search.name}</span>
              <code>{saved.search.query || 'all lines'}</code>
              <small>{whoseText(saved)}</small>
            </Link>
            {saved.canChange && (
              <>
                <Button look="quiet" aria-label={`Change ${saved.search.name}`} onClick={() => onChange(saved)}>
                  <IconPencil size={14} />
                </Button>
                <Button look="quiet" aria-label={`Delete ${saved.search.name}`} onClick={() => onDelete(saved)}>
                  <IconTrash size={14} />
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function whoseText({ owner, search: { shared, range } }: SavedSearch): string {
  return `${shared ? `${owner}, for everybody` : 'yours'}${range === undefined ? '' : ', with its time'}`;
}
