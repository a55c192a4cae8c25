import { IconTrash } from '@tabler/icons-react';
import type { LogMetricLabel } from '#core/log-metrics/rule.ts';
import { Button } from '#web/ui/button.tsx';
import { Field, SelectField } from '#web/ui/field.tsx';
import styles from './log-metrics.module.css';

const KINDS = [
  { value: 'text', label: 'its text' },
  { value: 'status_class', label: 'class of a status: 2xx' },
];

type LabelRowsProps = {
  readonly labels: readonly LogMetricLabel[];
  readonly fields: readonly string[];
  readonly onChange: (labels: LogMetricLabel[]) => void;
};

/** The labels of the series, each of a field of the lines. */
export function LabelRows({ labels, fields, onChange }: LabelRowsProps) {
  const put = (place: number, change: Partial<LogMetricLabel>): void =>
    onChange(labels.map((label, i) => (i === place ? { ...label, ...change } : label)));
  return (
    <fieldset className={styles.labels}>
      <legend>Labels: one series for each set of their values</legend>
      <datalist id="log-metric-fields">
        {fields.map((field) => (
          <option key={field} value={field}>
            {field}
          </option>
        ))}
      </datalist>
      {labels.map((label, i) => (
        // Labels may have no name yet, or two the same; their order is theirs.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={i} className={styles.label}>
          <Field
            label={`Label ${i + 1}: field`}
            list="log-metric-fields"
            value={label.field}
            onChange={({ target }) =>
              put(i, { field: target.value, ...(isNamedAfter(label) ? { name: nameOf(target.value) } : {}) })
            }
          />
          <Field
            label={`Label ${i + 1}: name`}
            value={label.name}
            onChange={({ target }) => put(i, { name: target.value })}
          />
          <SelectField
            label={`Label ${i + 1}: value`}
            options={KINDS}
            value={label.as}
            onChange={({ target }) => put(i, { as: target.value as LogMetricLabel['as'] })}
          />
          <Button
            look="quiet"
            className={styles.remove}
            aria-label={`Remove label ${i + 1}`}
            onClick={() => onChange(labels.filter((_, place) => place !== i))}
          >
            <IconTrash size={16} aria-hidden="true" />
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange([...labels, { name: '', field: '', as: 'text' }])}>Add label</Button>
    </fieldset>
  );
}

/** The last part of a field's name as a label: `http.request.method` → `method`. */
const nameOf = (field: string): string => (field.split('.').at(-1) ?? '').replace(/\W/g, '_').replace(/^(?=\d)/, '_');

const isNamedAfter = ({ name, field }: LogMetricLabel): boolean => name === '' || name === nameOf(field);
