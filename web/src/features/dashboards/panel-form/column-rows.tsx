import type { Transformation } from '#core/api/panel-display.ts';
import fieldStyles from '#web/ui/field.module.css';
import { OrderTools } from '#web/ui/order-tools.tsx';
import styles from './form.module.css';
import { movedTo } from './list-edits.ts';

type Organise = Extract<Transformation, { kind: 'organise' }>;

export type ColumnRowsProps = {
  readonly step: Organise;
  /** Columns before the step. */
  readonly names: readonly string[];
  readonly onChange: (step: Organise) => void;
};

/** The columns of a table: their order, what they are called, which are left out. */
export function ColumnRows({ step, names, onChange }: ColumnRowsProps) {
  const { order, hidden } = step;
  const all = [...new Set([...order.filter((name) => names.includes(name)), ...names])];
  const move = (at: number, to: number): void => onChange({ ...step, order: movedTo(all, at, to) });
  if (all.length === 0)
    return <p className={styles.help}>There are no columns yet: add a step that makes rows first.</p>;
  return (
    <ul className={styles.columns} aria-label="Columns">
      {all.map((name, at) => (
        <li key={name} className={styles.column}>
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={!hidden.includes(name)}
              onChange={({ target }) =>
                onChange({
                  ...step,
                  hidden: target.checked ? hidden.filter((other) => other !== name) : [...hidden, name],
                })
              }
            />
            {name}
          </label>
          <input
            className={fieldStyles.input}
            aria-label={`New name of ${name}`}
            placeholder={name}
            maxLength={500}
            value={step.names[name] ?? ''}
            onChange={({ target }) => onChange({ ...step, names: renamed(step.names, name, target.value) })}
          />
          <span className={styles.tools}>
            <OrderTools name={name} at={at} count={all.length} onMove={(by) => move(at, at + by)} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function renamed(names: Organise['names'], name: string, to: string): Organise['names'] {
  return Object.fromEntries(Object.entries({ ...names, [name]: to }).filter(([, text]) => text !== ''));
}
