import { IconArrowMerge } from '@tabler/icons-react';
import type { LogPattern, PatternListAnswer } from '#core/api/log-patterns.ts';
import { Button } from '#web/ui/button.tsx';
import logStyles from '../logs.module.css';
import { withValue } from '../query-edits.ts';
import type { LogView } from '../use-log-view.ts';
import { ViewSwitch } from '../view-switch.tsx';
import { MARKS } from './pattern-marks.tsx';
import { countMarks, ORDERS, type PatternChoice, type PatternOrder } from './pattern-rows.ts';
import styles from './patterns.module.css';
import type { PatternActions } from './use-patterns.ts';

type PatternBarProps = {
  readonly view: LogView;
  readonly answer: PatternListAnswer | undefined;
  readonly choice: PatternChoice;
  readonly onChoice: (choice: PatternChoice) => void;
  /** The largest one first, into which the others are merged. */
  readonly selected: readonly LogPattern[];
  readonly onMerged: () => void;
  readonly actions: PatternActions;
};

const ORDER_WORDS: Readonly<Record<PatternOrder, string>> = {
  ...{ count: 'most lines', growth: 'most growth', first: 'newest', last: 'last seen', service: 'service' },
};

/** Above the list: what is shown of it, in which order, and what is done with those that are selected. */
export function PatternBar({ view, answer, choice, onChoice, selected, onMerged, actions }: PatternBarProps) {
  const all = answer?.patterns ?? [];
  const muted = all.filter(({ isMuted }) => isMuted).length;
  const [target, ...others] = selected;
  const { merge } = actions;
  return (
    <header className={logStyles.linesHead}>
      <h2 className="visually-hidden">Patterns</h2>
      <ViewSwitch view={view} />
      {answer !== undefined && (
        <span data-figure="patterns">
          {(all.length + answer.more).toLocaleString('en')} patterns of {answer.total.toLocaleString('en')} lines
        </span>
      )}
      {countMarks(all).map(([mark, count]) => (
        <Button
          key={mark}
          look="quiet"
          aria-pressed={choice.mark === mark}
          title={MARKS[mark].title}
          onClick={() => onChoice({ ...choice, mark: choice.mark === mark ? undefined : mark })}
        >
          {MARKS[mark].sign} {count} {MARKS[mark].word.toLowerCase()}
        </Button>
      ))}
      {muted > 0 && <MutedButtons muted={muted} {...{ view, choice, onChoice }} />}
      <span className={logStyles.spacer} />
      {target !== undefined && others.length > 0 && (
        <Button
          disabled={merge.isPending}
          title="They count as the largest of them, for the past as well"
          onClick={() =>
            void merge.mutateAsync({ ids: others.map(({ id }) => id), into: target.id }).then(onMerged, () => undefined)
          }
        >
          <IconArrowMerge size={15} aria-hidden="true" /> Merge {selected.length}
        </Button>
      )}
      {merge.error !== null && <span className={styles.error}>{merge.error.message}</span>}
      <label className={styles.order}>
        Order
        <select
          value={choice.order}
          onChange={({ target: { value } }) =>
            onChoice({ ...choice, order: ORDERS.find((order) => order === value) ?? 'count' })
          }
        >
          {ORDERS.map((order) => (
            <option key={order} value={order}>
              {ORDER_WORDS[order]}
            </option>
          ))}
        </select>
      </label>
    </header>
  );
}

type MutedProps = Pick<PatternBarProps, 'view' | 'choice' | 'onChoice'> & { readonly muted: number };

function MutedButtons({ muted, view, choice, onChoice }: MutedProps) {
  const { query } = view.read;
  return (
    <>
      <Button
        look="quiet"
        aria-pressed={choice.showsMuted}
        onClick={() => onChoice({ ...choice, showsMuted: !choice.showsMuted })}
      >
        {muted} muted
      </Button>
      {query !== undefined && (
        <Button
          look="quiet"
          title="Search without their lines: -pattern:muted"
          onClick={() => view.setText(withValue(query, 'pattern', 'muted', true))}
        >
          Search without them
        </Button>
      )}
    </>
  );
}
