import { ALL_VALUES, type Variable } from '#core/api/dashboard.ts';
import { Field, SelectField } from '#web/ui/field.tsx';
import styles from './dashboard.module.css';
import { MultiChoice } from './multi-choice.tsx';
import type { VariableControl } from './use-variable-values.ts';

export type VariablesBarProps = { readonly variables: readonly Variable[]; readonly control: VariableControl };

/** The choices of a dashboard, above its panels. */
export function VariablesBar({ variables, control }: VariablesBarProps) {
  const shown = variables.filter(({ hidden, kind }) => !hidden && kind !== 'constant');
  if (shown.length === 0) return null;
  return (
    <fieldset className={styles.variables} aria-label="Variables">
      {shown.map((variable) => (
        <VariableChoice key={variable.name} variable={variable} control={control} />
      ))}
    </fieldset>
  );
}

function VariableChoice({ variable, control }: { readonly variable: Variable; readonly control: VariableControl }) {
  const { name, title, kind, multi, includeAll } = variable;
  const text = control.texts[name] ?? '';
  const offered = control.offered[name] ?? [];
  const label = title || name;
  const choose = (value: string): void => control.choose(name, value);
  if (kind === 'text') {
    return (
      <Field label={label} defaultValue={text} onBlur={({ target }) => target.value !== text && choose(target.value)} />
    );
  }
  if (multi) return <MultiChoice {...{ label, text, offered, includeAll }} onChange={choose} />;
  const known = offered.includes(text) || text === '' || text === ALL_VALUES ? offered : [text, ...offered];
  const options = known.map((value) => ({ value, label: value }));
  return (
    <SelectField
      label={label}
      error={control.errors[name]}
      value={text}
      options={includeAll ? [{ value: ALL_VALUES, label: 'All' }, ...options] : options}
      onChange={({ target }) => choose(target.value)}
    />
  );
}
