import { Field, SelectField } from '#web/ui/field.tsx';
import styles from './log-metrics.module.css';
import { type MetricDraft, PLAIN_FUNCTIONS } from './metric-draft.ts';

const UNITS = [
  { value: '', label: 'none' },
  { value: 'seconds', label: 'seconds (15ms is read as such)' },
  { value: 'bytes', label: 'bytes (3kb is read as such)' },
];

type FunctionFieldsProps = {
  readonly draft: MetricDraft;
  readonly onChange: (change: Partial<MetricDraft>) => void;
};

/** What is calculated of the lines of a window. */
export function FunctionFields({ draft, onChange }: FunctionFieldsProps) {
  const { functions, percentiles, field, unit } = draft;
  const units = UNITS.some(({ value }) => value === unit) ? UNITS : [...UNITS, { value: unit, label: unit }];
  const turn = (fn: string): void =>
    onChange({ functions: PLAIN_FUNCTIONS.filter((one) => functions.includes(one) !== (one === fn)) });
  return (
    <>
      <fieldset className={styles.functions}>
        <legend>Functions</legend>
        {PLAIN_FUNCTIONS.map((fn) => (
          <label key={fn} className={styles.check}>
            <input type="checkbox" checked={functions.includes(fn)} onChange={() => turn(fn)} />
            {fn}
          </label>
        ))}
      </fieldset>
      <div className={styles.row}>
        <Field
          label="Of the field"
          hint="Empty: lines are counted"
          list="log-metric-fields"
          spellCheck={false}
          value={field}
          onChange={({ target }) => onChange({ field: target.value })}
        />
        <Field
          label="Percentiles"
          hint="p50, p90, p99.9"
          value={percentiles}
          onChange={({ target }) => onChange({ percentiles: target.value })}
        />
        <SelectField
          label="Unit"
          options={units}
          value={unit}
          onChange={({ target }) => onChange({ unit: target.value })}
        />
      </div>
    </>
  );
}
