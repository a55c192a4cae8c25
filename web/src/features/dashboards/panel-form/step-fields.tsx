import type { Transformation } from '#core/api/panel-display.ts';
import { CheckList } from './check-list.tsx';
import { ColumnRows } from './column-rows.tsx';
import { FigureField } from './figure-field.tsx';
import styles from './form.module.css';
import { MadeStepFields } from './made-step-fields.tsx';
import { NameField } from './name-field.tsx';
import { NameStepFields } from './name-step-fields.tsx';
import { OrderStepFields } from './order-step-fields.tsx';
import { choicesOf, FIGURES, type StepPart } from './step-choices.ts';
import { WhereStepFields } from './where-step-fields.tsx';

/** What one step needs to know. */
export function StepFields({ step, before, onChange }: StepPart<Transformation['kind']>) {
  switch (step.kind) {
    case 'filter':
    case 'rename':
      return <NameStepFields {...{ step, before, onChange }} />;
    case 'calculate':
    case 'combine':
      return <MadeStepFields {...{ step, before, onChange }} />;
    case 'sort':
    case 'limit':
      return <OrderStepFields {...{ step, before, onChange }} />;
    case 'reduce':
      return (
        <CheckList
          label="Figures"
          chosen={step.figures}
          offered={FIGURES}
          onChange={(chosen) =>
            onChange({
              ...step,
              figures: FIGURES.map(({ value }) => value).filter((figure) => chosen.includes(figure)),
            })
          }
        />
      );
    case 'join-by-label':
      return (
        <div className={styles.fields}>
          <NameField
            label="Label"
            names={before.labels}
            value={step.label}
            onChange={({ target }) => onChange({ ...step, label: target.value })}
          />
        </div>
      );
    case 'organise':
      return <ColumnRows step={step} names={before.names} onChange={onChange} />;
    case 'group':
      return (
        <>
          <CheckList
            label="By"
            chosen={step.by}
            offered={choicesOf(before.names)}
            onChange={(by) => onChange({ ...step, by })}
          />
          <div className={styles.fields}>
            <FigureField value={step.figure} onChange={(figure) => onChange({ ...step, figure })} />
          </div>
        </>
      );
    case 'where':
      return <WhereStepFields {...{ step, before, onChange }} />;
    case 'merge':
    case 'rows':
    case 'join-by-time':
      return null;
  }
}
