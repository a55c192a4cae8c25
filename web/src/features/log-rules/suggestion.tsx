import { Button } from '#web/ui/button.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import styles from './parsing.module.css';
import { newStep, type StepDraft } from './rule-draft.ts';
import { useSuggestion } from './use-bench.ts';

const MAX_LINE = 16_384;

type SuggestionProps = {
  readonly line: string;
  readonly onAdd: (steps: readonly StepDraft[]) => void;
};

/** Patterns that take a line apart, to begin a rule with. */
export function Suggestion({ line, onAdd }: SuggestionProps) {
  const { data, error } = useSuggestion(line === '' ? undefined : line.slice(0, MAX_LINE));
  if (error !== null) return <ErrorCard error={error} />;
  if (data === undefined) return <output className={styles.note}>Looking for a pattern …</output>;
  const { grok, dissect } = data;
  return (
    <div className={styles.stack}>
      <div className={styles.suggested}>
        <code>{grok}</code>
        <Button onClick={() => onAdd([newStep('grok', { patterns: [grok] })])}>Add as grok step</Button>
      </div>
      {dissect !== '' && (
        <div className={styles.suggested}>
          <code>{dissect}</code>
          <Button onClick={() => onAdd([newStep('dissect', { pattern: dissect })])}>Add as dissect step</Button>
        </div>
      )}
    </div>
  );
}
