import { useState } from 'react';
import type { TriedLogLine } from '#core/api/log-rule-api.ts';
import type { LogFieldChange } from '#core/api/log-rules.ts';
import { visibleText } from '#web/features/logs/visible-text.ts';
import { Button } from '#web/ui/button.tsx';
import { microsText } from './bench-text.ts';
import styles from './parsing.module.css';
import type { StepDraft } from './rule-draft.ts';
import { STEP_FORMS } from './step-forms.ts';
import { Suggestion } from './suggestion.tsx';

type TriedLineProps = {
  readonly line: TriedLogLine;
  readonly isFirst: boolean;
  readonly onAdd: (steps: readonly StepDraft[]) => void;
};

/** A line and what became of it, step by step. */
export function TriedLine({ line, isFirst, onAdd }: TriedLineProps) {
  const [isOpen, setOpen] = useState(isFirst);
  const [isAsked, setAsked] = useState(false);
  const { before, format, micros, recognised, steps, isDropped } = line;
  const failed = steps.filter(({ outcome }) => outcome === 'failed').length;
  const all = steps.reduce((sum, step) => sum + step.micros, micros);
  return (
    <li className={styles.line} data-dropped={isDropped}>
      <button type="button" className={styles.lineHead} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span className={styles.lineText}>{visibleText(before.body)}</span>
        <span className={styles.marks}>
          {isDropped && <strong className={styles.dropped}>✕ dropped</strong>}
          {failed > 0 && <span className={styles.fault}>▲ {failed} failed</span>}
          <span className={styles.note}>
            {steps.length} {steps.length === 1 ? 'step' : 'steps'}, {microsText(all)}
          </span>
        </span>
      </button>
      {isOpen && (
        <div className={styles.lineBody}>
          {(format !== '' || recognised.length > 0) && (
            <StepTrace title={`Recognised as ${format || 'nothing'}`} micros={micros} changes={recognised} />
          )}
          {steps.map((step) => (
            <StepTrace
              key={step.place.join()}
              title={`${step.rule} › ${STEP_FORMS[step.step as keyof typeof STEP_FORMS].label}`}
              micros={step.micros}
              changes={step.changes}
              outcome={step.outcome}
              reason={step.reason}
            />
          ))}
          {steps.length === 0 && <p className={styles.note}>No rule takes this line.</p>}
          {isAsked ? (
            <Suggestion line={bodyFor(line)} onAdd={onAdd} />
          ) : (
            <Button onClick={() => setAsked(true)}>Suggest a pattern for this line</Button>
          )}
        </div>
      )}
    </li>
  );
}

/** The message as the rules get it. */
function bodyFor({ before, recognised }: TriedLogLine): string {
  return recognised.find(({ name }) => name === 'body')?.after ?? before.body;
}

type StepTraceProps = {
  readonly title: string;
  readonly micros: number;
  readonly changes: readonly LogFieldChange[];
  readonly outcome?: 'done' | 'failed' | 'dropped';
  readonly reason?: string;
};

function StepTrace({ title, micros, changes, outcome = 'done', reason = '' }: StepTraceProps) {
  return (
    <section className={styles.trace} aria-label={title} data-outcome={outcome}>
      <h3 className={styles.traceHead}>
        <span>{title}</span>
        {outcome === 'failed' && <span className={styles.fault}>▲ failed: {visibleText(reason)}</span>}
        {outcome === 'dropped' && <span className={styles.dropped}>✕ dropped</span>}
        <span className={styles.note}>{microsText(micros)}</span>
      </h3>
      {changes.length === 0
        ? outcome === 'done' && <p className={styles.note}>changes nothing</p>
        : changes.length > 0 && (
            <dl className={styles.changes}>
              {changes.map((change) => (
                <Change key={change.name} {...change} />
              ))}
            </dl>
          )}
    </section>
  );
}

function Change({ name, before, after }: LogFieldChange) {
  return (
    <div>
      <dt>{visibleText(name)}</dt>
      <dd>
        {before !== undefined && before !== '' && <del>{visibleText(before)}</del>}
        {after === undefined ? <em>taken away</em> : <ins>{visibleText(after)}</ins>}
      </dd>
    </div>
  );
}
