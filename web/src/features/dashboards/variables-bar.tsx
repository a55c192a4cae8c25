import type { Variable } from '#core/api/dashboard.ts';
import { Field, SelectField } from '#web/ui/field.tsx';
import styles from './dashboard.module.css';
import type { VariableControl } from './use-variable-values.ts';

/** The choices of a dashboard, above its panels. */
export function VariablesBar({
  variables,
  control,
}: {
  readonly variables: readonly Variable[];
  readonly control: VariableControl;
}) {
  if (variables.length === 0) return null;
  return (
    <fieldset className={styles.variables} aria-label="Variables">
      {variables.map(({ name, title, kind }) => {
        const value = String(control.values[name] ?? '');
        const label = title || name;
        if (kind === 'text') {
          return (
            <Field
              key={name}
              label={label}
              defaultValue={value}
              onBlur={({ target }) => target.value !== value && control.choose(name, target.value)}
            />
          );
        }
        const offered = control.offered[name] ?? [];
        const all = offered.includes(value) || value === '' ? offered : [value, ...offered];
        return (
          <SelectField
            key={name}
            label={label}
            value={value}
            options={all.map((each) => ({ value: each, label: each }))}
            onChange={({ target }) => control.choose(name, target.value)}
          />
        );
      })}
    </fieldset>
  );
}
