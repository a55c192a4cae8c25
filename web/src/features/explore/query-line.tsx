import { IconEye, IconEyeOff, IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import type { Language } from '#core/api/text-query.ts';
import type { ExploreQuery } from '#web/charts/explore-search.ts';
import { LanguageChoice } from '#web/editor/language-choice.tsx';
import { EXAMPLES } from '#web/editor/languages.ts';
import { QueryInput } from '#web/editor/query-input.tsx';
import { translate } from '#web/editor/translate.ts';
import { Button } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import styles from './explore.module.css';
import { HistoryButton } from './history-button.tsx';
import { useQueryHistory } from './query-history.ts';

export type QueryLineProps = {
  readonly letter: string;
  readonly query: ExploreQuery;
  readonly isActive: boolean;
  readonly canRemove: boolean;
  readonly onActivate: () => void;
  /** `done` = on purpose (Enter, leaving), not between two letters. */
  readonly onChange: (query: ExploreQuery, done: boolean) => void;
  readonly onRemove: () => void;
};

/** One query: its language, its text with completion, and what can be done with it. */
export function QueryLine({ letter, query, isActive, canRemove, onActivate, onChange, onRemove }: QueryLineProps) {
  const { language, text, hidden = false } = query;
  const remember = useQueryHistory((history) => history.add);
  const written = useRef<Partial<Record<Language, string>>>({});
  const change = (next: string, done: boolean): void => {
    if (done) remember({ language, text: next, at: Date.now() });
    if (next !== text) onChange({ ...query, text: next }, done);
  };
  const choose = (next: Language): void => {
    written.current[language] = text;
    const translated = translate(text, language, next) ?? written.current[next];
    onChange({ ...query, language: next, text: translated ?? (next === 'metrics' ? EXAMPLES.metrics : '') }, true);
  };
  return (
    <div className={styles.line} data-active={isActive} data-hidden={hidden}>
      <button
        type="button"
        className={styles.letter}
        aria-pressed={isActive}
        aria-label={`Edit query ${letter} in the builder`}
        onClick={onActivate}
      >
        {letter}
      </button>
      <LanguageChoice label={`Language of query ${letter}`} value={language} onChange={choose} />
      <span className={styles.lineTools}>
        <HistoryButton letter={letter} language={language} onPick={(past) => change(past, true)} />
        <Button
          look="quiet"
          aria-label={`${hidden ? 'Show' : 'Hide'} query ${letter}`}
          aria-pressed={hidden}
          onClick={() => onChange({ language, text, ...(hidden ? {} : { hidden: true }) }, true)}
        >
          {hidden ? <IconEyeOff size={15} /> : <IconEye size={15} />}
        </Button>
        <CopyButton text={text} label={`Copy query ${letter}`} />
        {canRemove && (
          <Button look="quiet" aria-label={`Remove query ${letter}`} onClick={onRemove}>
            <IconTrash size={15} />
          </Button>
        )}
      </span>
      <div className={styles.editor} onFocus={onActivate}>
        <QueryInput label={`Query ${letter}`} language={language} text={text} onChange={change} />
      </div>
    </div>
  );
}

/** Adds another query. */
export function AddQuery({ onAdd }: { readonly onAdd: () => void }) {
  return (
    <Button look="quiet" onClick={onAdd}>
      <IconPlus size={15} /> Add query
    </Button>
  );
}
