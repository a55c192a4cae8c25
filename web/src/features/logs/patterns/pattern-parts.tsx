import type { LogPattern } from '#core/api/log-patterns.ts';
import { Button } from '#web/ui/button.tsx';
import { isVariable, PatternText, PatternWord } from './pattern-text.tsx';
import styles from './patterns.module.css';
import type { PatternActions } from './use-patterns.ts';

type PatternPartsProps = {
  readonly pattern: LogPattern;
  readonly actions: PatternActions;
  readonly disabled: boolean;
};

/** The words by which a pattern can be taken apart, and what was merged into it. */
export function PatternParts({ pattern, actions: { change, separate }, disabled }: PatternPartsProps) {
  const { id, words, splitAt, merged, splitFrom } = pattern;
  const canSplit = splitFrom === undefined && words.some(isVariable);
  return (
    <>
      {splitAt !== undefined && (
        <p className={styles.split}>
          New lines are told apart by word {splitAt + 1}.
          <Button disabled={disabled} onClick={() => change.mutate({ id, splitAt: null })}>
            Put them together again
          </Button>
        </p>
      )}
      {splitAt === undefined && canSplit && (
        <p className={styles.split}>
          <span className={styles.quiet}>Tell new lines apart by the word at</span>
          {words.map((word, index) =>
            isVariable(word) ? (
              <button
                key={index}
                type="button"
                className={styles.splitWord}
                disabled={disabled}
                aria-label={`Split by word ${index + 1}: ${word}`}
                title={`Each value at word ${index + 1} becomes a pattern of its own, up to 50`}
                onClick={() => change.mutate({ id, splitAt: index })}
              >
                <PatternWord word={word} />
              </button>
            ) : (
              <code key={index}>
                <PatternWord word={word} />
              </code>
            ),
          )}
        </p>
      )}
      {merged.length > 0 && (
        <ul className={styles.merged} aria-label="Merged into it">
          {merged.map((part) => (
            <li key={part.id}>
              <PatternText words={part.words} />
              <Button disabled={disabled || separate.isPending} onClick={() => separate.mutate(part.id)}>
                Separate
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
