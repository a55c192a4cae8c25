import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import type { Language } from '#core/api/text-query.ts';
import { formatDateTime } from '#web/format/time.ts';
import { Field } from '#web/ui/field.tsx';
import { Popover } from '#web/ui/popover.tsx';
import styles from './explore.module.css';
import { findQueries, useQueryHistory } from './query-history.ts';

export type HistoryButtonProps = {
  readonly letter: string;
  readonly language: Language;
  readonly onPick: (text: string) => void;
};

/** Queries of this language that were run in this browser, to be found and run again. */
export function HistoryButton({ letter, language, onPick }: HistoryButtonProps) {
  return (
    <Popover label={`History of query ${letter}`} look="quiet" align="end" button={<IconHistory size={15} />}>
      {(close) => (
        <HistoryList
          language={language}
          onPick={(text) => {
            onPick(text);
            close();
          }}
        />
      )}
    </Popover>
  );
}

function HistoryList({ language, onPick }: Omit<HistoryButtonProps, 'letter'>) {
  const [words, setWords] = useState('');
  const queries = useQueryHistory((history) => history.queries);
  const found = findQueries(queries, language, words);
  return (
    <div className={styles.history}>
      <Field
        label={<span className="visually-hidden">Find in the history</span>}
        type="search"
        placeholder="Find in the history"
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      {found.length === 0 && (
        <p className={styles.caption}>
          {words === '' ? 'Queries that you run are kept here.' : 'None holds these words.'}
        </p>
      )}
      <ul className={styles.list}>
        {found.map(({ text, at }) => (
          <li key={text}>
            <button type="button" className={styles.past} title={formatDateTime(at)} onClick={() => onPick(text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
