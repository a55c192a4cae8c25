import { IconPlus, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { parseQueries } from '#web/charts/parse-queries.ts';
import { Button } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import styles from './explore.module.css';

const QueryEditor = lazy(async () => ({ default: (await import('./query-editor.tsx')).QueryEditor }));

const SETTLE_MS = 350;

export type QueryLineProps = {
  readonly letter: string;
  readonly text: string;
  readonly isActive: boolean;
  readonly canRemove: boolean;
  readonly onActivate: () => void;
  /** `done` = on purpose (Enter, leaving), not between two letters. */
  readonly onChange: (text: string, done: boolean) => void;
  readonly onRemove: () => void;
};

/** One query as text, with completion; where it is wrong is said below it while typing. */
export function QueryLine({ letter, text, isActive, canRemove, onActivate, onChange, onRemove }: QueryLineProps) {
  const [draft, setDraft] = useState(text);
  const [shown, setShown] = useState(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (shown !== text) {
    setShown(text);
    setDraft(text);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const [problem] = parseQueries([{ text: draft }]).problems;
  const apply = (next: string, done: boolean): void => {
    clearTimeout(timer.current);
    if (next.trim() === '' || parseQueries([{ text: next }]).problems.length > 0 || next === text) return;
    setShown(next);
    onChange(next, done);
  };
  const edit = (next: string): void => {
    setDraft(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => apply(next, false), SETTLE_MS);
  };
  const label = `Query ${letter}`;
  return (
    <div className={styles.line} data-active={isActive}>
      <button
        type="button"
        className={styles.letter}
        aria-pressed={isActive}
        aria-label={`Edit query ${letter} in the builder`}
        onClick={onActivate}
      >
        {letter}
      </button>
      <div className={styles.editorBox} onFocus={onActivate} data-invalid={problem !== undefined}>
        <Suspense fallback={<code className={styles.placeholder}>{draft}</code>}>
          <QueryEditor
            label={label}
            text={draft}
            problem={problem}
            onChange={edit}
            onSubmit={(next) => apply(next, true)}
          />
        </Suspense>
      </div>
      <CopyButton text={draft} label={`Copy query ${letter}`} />
      {canRemove && (
        <Button look="quiet" aria-label={`Remove query ${letter}`} onClick={onRemove}>
          <IconTrash size={15} />
        </Button>
      )}
      {problem !== undefined && <output className={styles.problem}>{problem.message}</output>}
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
