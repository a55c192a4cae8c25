import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Transformation } from '#core/api/panel-display.ts';
import { type ExplainedStep, explainSteps, type StepsStart, startOf } from '#core/panel-data/explain-steps.ts';
import { Button } from '#web/ui/button.tsx';
import { SelectField } from '#web/ui/field.tsx';
import styles from './form.module.css';
import { FormRow } from './form-row.tsx';
import { movedTo, removedAt, replacedAt } from './list-edits.ts';
import { StepFields } from './step-fields.tsx';
import { describeStep, newStep, type StepKind, stepKinds } from './step-kinds.ts';

export type StepRowsProps = {
  readonly steps: readonly Transformation[];
  /** What the panel's queries answer now. */
  readonly start: StepsStart;
  readonly showsRows: boolean;
  readonly onChange: (steps: Transformation[]) => void;
};

const MAX = 30;
const SHOWN = 8;

/** The steps between what the queries answer and what is drawn, each with what is there after it. */
export function StepRows({ steps, start, showsRows, onChange }: StepRowsProps) {
  const [kind, setKind] = useState<StepKind>('filter');
  const first = startOf(start);
  const explained = explainSteps(start, steps, showsRows);
  const kinds = stepKinds(showsRows);
  return (
    <>
      <p className={styles.result}>The queries give {resultText(first)}</p>
      <div className={styles.list}>
        {steps.map((step, at) => {
          const { label, help } = describeStep(step.kind);
          return (
            <FormRow
              key={at}
              name={`Step ${at + 1}: ${label}`}
              help={help}
              at={at}
              count={steps.length}
              onMove={(to) => onChange(movedTo(steps, at, to))}
              onRemove={() => onChange(removedAt(steps, at))}
            >
              <StepFields
                step={step}
                before={explained[at - 1] ?? first}
                onChange={(next) => onChange(replacedAt(steps, at, next))}
              />
              <Result explained={explained[at]} />
            </FormRow>
          );
        })}
      </div>
      <div className={styles.add}>
        <SelectField
          label="Next step"
          value={kind}
          options={kinds.map((each) => ({ value: each.kind, label: each.label }))}
          onChange={({ target }) => setKind(target.value as StepKind)}
        />
        <Button
          disabled={steps.length >= MAX}
          onClick={() => onChange([...steps, newStep(kind, explained.at(-1) ?? first)])}
        >
          <IconPlus size={15} /> Add step
        </Button>
        <p className={styles.help}>{describeStep(kind).help}</p>
      </div>
    </>
  );
}

function Result({ explained }: { readonly explained: ExplainedStep | undefined }) {
  if (explained === undefined) return null;
  return (
    <output>
      {explained.problem !== undefined && <span className={styles.problem}>▲ {explained.problem} · </span>}
      <span className={styles.result}>→ {resultText(explained)}</span>
    </output>
  );
}

function resultText({ shape, names, rows }: Pick<ExplainedStep, 'shape' | 'names' | 'rows'>): string {
  const shown = names.slice(0, SHOWN).join(', ');
  const rest = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  const list = names.length === 0 ? '' : `: ${shown}${rest}`;
  if (shape === 'series') return `${rows} series${list}`;
  return `${rows} ${rows === 1 ? 'row' : 'rows'} of ${names.length} ${names.length === 1 ? 'column' : 'columns'}${list}`;
}
