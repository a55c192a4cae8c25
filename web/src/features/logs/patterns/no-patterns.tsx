import type { PatternListAnswer } from '#core/api/log-patterns.ts';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { NoLines } from '../no-lines.tsx';
import type { LogView } from '../use-log-view.ts';
import type { PatternChoice } from './pattern-rows.ts';

type NoPatternsProps = {
  readonly view: LogView;
  readonly answer: PatternListAnswer;
  readonly choice: PatternChoice;
};

/** Why no pattern is shown. */
export function NoPatterns({ view, answer, choice }: NoPatternsProps) {
  if (answer.total === 0) return <NoLines view={view} />;
  if (answer.patterns.length > 0) {
    return (
      <EmptyState
        title={choice.mark === undefined ? 'All patterns of this search are muted' : 'No pattern has this mark'}
      >
        Change what is shown by the buttons above.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="These lines have no pattern"
      action={<Button onClick={() => view.showLines(view.text)}>Show the lines</Button>}
    >
      Lines are sorted into patterns as they come in: what differs only by numbers, ids, addresses, times or quoted
      texts is one pattern. These came before that, or are empty.
    </EmptyState>
  );
}
