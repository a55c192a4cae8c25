import { Reducer, type Transformation } from '#core/api/panel-display.ts';
import type { StepResult } from '#core/panel-data/explain-steps.ts';
import { Field, SelectField } from '#web/ui/field.tsx';
import { CheckList } from './check-list.tsx';
import { ColumnRows } from './column-rows.tsx';
import styles from './form.module.css';
import { NameField } from './name-field.tsx';
import { NumberField } from './number-field.tsx';

export type StepFieldsProps = {
  readonly step: Transformation;
  /** What is there before it. */
  readonly before: StepResult;
  readonly onChange: (step: Transformation) => void;
};

const FIGURES: readonly { readonly value: Reducer; readonly label: string }[] = [
  { value: 'last', label: 'Newest' },
  { value: 'first', label: 'Oldest' },
  { value: 'avg', label: 'Average' },
  { value: 'min', label: 'Least' },
  { value: 'max', label: 'Greatest' },
  { value: 'sum', label: 'Sum' },
  { value: 'count', label: 'Count' },
];
const OPERATORS = ['+', '-', '*', '/'].map((value) => ({ value, label: value }));
const KEEP = [
  { value: 'no', label: 'Keep' },
  { value: 'yes', label: 'Leave out' },
];
const DIRECTIONS = [
  { value: 'yes', label: 'Greatest first' },
  { value: 'no', label: 'Least first' },
];
const CONDITIONS = [
  ...['=', '!=', '>', '>=', '<', '<='].map((value) => ({ value, label: value })),
  { value: 'like', label: 'fits the pattern' },
  { value: 'empty', label: 'is empty' },
  { value: 'filled', label: 'is not empty' },
];
const OFFERED = 60;

const listed = (names: readonly string[]): { value: string; label: string }[] =>
  [...new Set(names)].slice(0, OFFERED).map((value) => ({ value, label: value }));

/** What one step needs to know. */
export function StepFields({ step, before, onChange }: StepFieldsProps) {
  const { names, labels } = before;
  switch (step.kind) {
    case 'filter':
      return (
        <div className={styles.fields}>
          <SelectField
            label="What fits"
            value={step.exclude ? 'yes' : 'no'}
            options={KEEP}
            onChange={({ target }) => onChange({ ...step, exclude: target.value === 'yes' })}
          />
          <PatternField
            label="Pattern"
            value={step.pattern}
            names={names}
            onChange={(pattern) => onChange({ ...step, pattern })}
          />
        </div>
      );
    case 'rename':
      return (
        <div className={styles.fields}>
          <PatternField
            label="Pattern"
            value={step.pattern}
            names={names}
            onChange={(pattern) => onChange({ ...step, pattern })}
          />
          <Field
            label="New name"
            value={step.to}
            maxLength={500}
            onChange={({ target }) => onChange({ ...step, to: target.value })}
          />
        </div>
      );
    case 'calculate':
    case 'combine':
      return <MadeFields step={step} before={before} onChange={onChange} />;
    case 'sort':
      return (
        <div className={styles.fields}>
          <NameField
            label="By"
            placeholder="newest value"
            names={before.shape === 'table' ? names : labels}
            value={step.by}
            maxLength={500}
            onChange={({ target }) => onChange({ ...step, by: target.value })}
          />
          <SelectField
            label="Order"
            value={step.descending ? 'yes' : 'no'}
            options={DIRECTIONS}
            onChange={({ target }) => onChange({ ...step, descending: target.value === 'yes' })}
          />
        </div>
      );
    case 'limit':
      return (
        <div className={styles.fields}>
          <NumberField
            label="At most"
            placeholder="10"
            min={1}
            value={step.count}
            onChange={(count) => onChange({ ...step, count: Math.min(10_000, Math.max(1, Math.round(count ?? 1))) })}
          />
        </div>
      );
    case 'reduce':
      return (
        <CheckList
          label="Figures"
          chosen={step.figures}
          offered={FIGURES}
          onChange={(figures) =>
            onChange({
              ...step,
              figures: FIGURES.map(({ value }) => value).filter((figure) => figures.includes(figure)),
            })
          }
        />
      );
    case 'join-by-label':
      return (
        <div className={styles.fields}>
          <NameField
            label="Label"
            names={labels}
            value={step.label}
            onChange={({ target }) => onChange({ ...step, label: target.value })}
          />
        </div>
      );
    case 'organise':
      return <ColumnRows step={step} names={names} onChange={onChange} />;
    case 'group':
      return (
        <>
          <CheckList label="By" chosen={step.by} offered={listed(names)} onChange={(by) => onChange({ ...step, by })} />
          <div className={styles.fields}>
            <FigureField value={step.figure} onChange={(figure) => onChange({ ...step, figure })} />
          </div>
        </>
      );
    case 'where':
      return <WhereFields step={step} names={names} onChange={onChange} />;
    case 'merge':
    case 'rows':
    case 'join-by-time':
      return null;
  }
}

type PatternProps = {
  readonly label: string;
  readonly value: string;
  readonly names: readonly string[];
  readonly onChange: (pattern: string) => void;
};

function PatternField({ label, value, names, onChange }: PatternProps) {
  return (
    <NameField
      label={label}
      className={styles.wide ?? ''}
      names={names}
      value={value}
      maxLength={500}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

function FigureField({ value, onChange }: { readonly value: Reducer; readonly onChange: (figure: Reducer) => void }) {
  return (
    <SelectField
      label="Figure"
      value={value}
      options={FIGURES}
      onChange={({ target }) => onChange(Reducer.parse(target.value))}
    />
  );
}

type Of<Kind extends Transformation['kind']> = Extract<Transformation, { kind: Kind }>;
type MadeProps = Omit<StepFieldsProps, 'step'> & { readonly step: Of<'calculate'> | Of<'combine'> };

function MadeFields({ step, before, onChange }: MadeProps) {
  const { names } = before;
  return (
    <>
      <div className={styles.fields}>
        {step.kind === 'calculate' ? (
          <>
            <NameField
              label="Left"
              names={names}
              value={step.left}
              onChange={({ target }) => onChange({ ...step, left: target.value })}
            />
            <SelectField
              label="Operator"
              value={step.operator}
              options={OPERATORS}
              onChange={({ target }) => onChange({ ...step, operator: target.value as '+' | '-' | '*' | '/' })}
            />
            <NameField
              label="Right: name or number"
              names={names}
              value={step.right}
              onChange={({ target }) => onChange({ ...step, right: target.value })}
            />
          </>
        ) : (
          <FigureField value={step.figure} onChange={(figure) => onChange({ ...step, figure })} />
        )}
        <Field
          label="Its name"
          placeholder="as it is calculated"
          value={step.name}
          maxLength={200}
          onChange={({ target }) => onChange({ ...step, name: target.value })}
        />
        <SelectField
          label="The others"
          value={step.only ? 'yes' : 'no'}
          options={KEEP}
          onChange={({ target }) => onChange({ ...step, only: target.value === 'yes' })}
        />
      </div>
      {step.kind === 'combine' && (
        <CheckList
          label="Of these, or of all"
          chosen={step.of}
          offered={listed(names)}
          onChange={(of) => onChange({ ...step, of })}
        />
      )}
    </>
  );
}

type WhereProps = {
  readonly step: Of<'where'>;
  readonly names: readonly string[];
  readonly onChange: (step: Transformation) => void;
};

function WhereFields({ step, names, onChange }: WhereProps) {
  return (
    <div className={styles.fields}>
      <NameField
        label="Column"
        names={names}
        value={step.field}
        onChange={({ target }) => onChange({ ...step, field: target.value })}
      />
      <SelectField
        label="Condition"
        value={step.is}
        options={CONDITIONS}
        onChange={({ target }) => onChange({ ...step, is: target.value as Of<'where'>['is'] })}
      />
      {step.is !== 'empty' && step.is !== 'filled' && (
        <Field
          label="Value"
          value={step.value}
          maxLength={500}
          onChange={({ target }) => onChange({ ...step, value: target.value })}
        />
      )}
    </div>
  );
}
