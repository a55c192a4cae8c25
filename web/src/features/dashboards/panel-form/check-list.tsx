import styles from './form.module.css';

export type CheckListProps = {
  readonly label: string;
  readonly chosen: readonly string[];
  readonly offered: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (chosen: string[]) => void;
};

/** Several of what is offered; what was chosen and is not offered (any more) stays until it is taken away. */
export function CheckList({ label, chosen, offered, onChange }: CheckListProps) {
  const absent = chosen.filter((value) => !offered.some((each) => each.value === value));
  const all = [...offered, ...absent.map((value) => ({ value, label: `${value} (not there)` }))];
  return (
    <fieldset className={styles.checks}>
      <legend>{label}</legend>
      {all.map((each) => (
        <label key={each.value} className={styles.check}>
          <input
            type="checkbox"
            checked={chosen.includes(each.value)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, each.value] : chosen.filter((value) => value !== each.value))
            }
          />
          {each.label}
        </label>
      ))}
    </fieldset>
  );
}
