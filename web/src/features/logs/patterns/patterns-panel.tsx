import { Fragment, useState } from 'react';
import { useSession } from '#web/data/bootstrap.ts';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { FieldList } from '../field-list.tsx';
import { HistogramPanel } from '../histogram-panel.tsx';
import logStyles from '../logs.module.css';
import type { LogView } from '../use-log-view.ts';
import { NoPatterns } from './no-patterns.tsx';
import { PatternBar } from './pattern-bar.tsx';
import { PatternDetail } from './pattern-detail.tsx';
import { PatternRow } from './pattern-row.tsx';
import { type PatternChoice, shownPatterns } from './pattern-rows.ts';
import styles from './patterns.module.css';
import { usePatternActions, usePatterns } from './use-patterns.ts';

const FIRST_CHOICE: PatternChoice = { order: 'count', mark: undefined, showsMuted: false };

/** The lines of a query as the patterns they follow. */
export function PatternsPanel({ view }: { readonly view: LogView }) {
  const { asked } = view;
  const answer = usePatterns(asked);
  const actions = usePatternActions();
  const { user } = useSession();
  const [choice, setChoice] = useState(FIRST_CHOICE);
  const [open, setOpen] = useState<string>();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { data } = answer;
  const rows = shownPatterns(data?.patterns ?? [], choice);
  const select = (id: string, isSelected: boolean): void =>
    setSelected(new Set([...selected].filter((one) => one !== id).concat(isSelected ? [id] : [])));
  const chosen = rows.filter(({ id }) => selected.has(id)).sort((a, b) => b.count - a.count);
  const canChange = user?.scope !== 'read';
  return (
    <>
      <HistogramPanel query={asked} />
      <div className={logStyles.below}>
        <FieldList view={view} />
        <section
          className={logStyles.lines}
          aria-label="Patterns"
          data-state={data === undefined ? 'loading' : 'ready'}
        >
          <PatternBar
            {...{ view, choice, actions }}
            answer={data}
            onChoice={setChoice}
            selected={canChange ? chosen : []}
            onMerged={() => setSelected(new Set())}
          />
          {data === undefined && answer.error !== null && (
            <ErrorCard error={answer.error} retry={() => void answer.refetch()} query={asked} />
          )}
          {data === undefined && answer.error === null && <output className={logStyles.loading} aria-label="Loading" />}
          {data !== undefined && rows.length === 0 && <NoPatterns view={view} answer={data} choice={choice} />}
          {data !== undefined && rows.length > 0 && (
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1)
            <section className={styles.scroll} aria-label="List of patterns" tabIndex={0}>
              <table className={styles.table} aria-label="Patterns">
                <Head />
                <tbody>
                  {rows.map((pattern) => (
                    <Fragment key={pattern.id}>
                      <PatternRow
                        {...{ pattern, view }}
                        total={data.total}
                        isOpen={open === pattern.id}
                        onToggle={() => setOpen(open === pattern.id ? undefined : pattern.id)}
                        isSelected={selected.has(pattern.id)}
                        onSelect={(isSelected) => select(pattern.id, isSelected)}
                      />
                      {open === pattern.id && <PatternDetail {...{ pattern, asked, actions, canChange }} />}
                    </Fragment>
                  ))}
                </tbody>
              </table>
              <Rest {...data} />
            </section>
          )}
        </section>
      </div>
    </>
  );
}

function Head() {
  return (
    <thead>
      <tr className={styles.row}>
        <th scope="col">
          <span className="visually-hidden">Select</span>
        </th>
        <th scope="col" className={styles.number}>
          Lines
        </th>
        <th scope="col" className={styles.share}>
          Share
        </th>
        <th scope="col" className={styles.trend}>
          Trend
        </th>
        <th scope="col">Pattern</th>
        <th scope="col">
          <span className="visually-hidden">Narrow</span>
        </th>
      </tr>
    </thead>
  );
}

type RestProps = { readonly more: number; readonly moreLines: number; readonly without: number };

function Rest({ more, moreLines, without }: RestProps) {
  if (more === 0 && without === 0) return null;
  return (
    <p className={styles.rest}>
      {more > 0 && `${more.toLocaleString('en')} more patterns with ${moreLines.toLocaleString('en')} lines. `}
      {without > 0 && `${without.toLocaleString('en')} lines have no pattern: they are older than patterns, or empty.`}
    </p>
  );
}
