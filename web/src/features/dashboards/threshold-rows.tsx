import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Threshold } from '#core/api/panel-display.ts';
import { Button } from '#web/ui/button.tsx';
import { Field, SelectField } from '#web/ui/field.tsx';
import styles from './editor.module.css';

const STATUSES = [
  { value: 'critical', label: '■ Critical' },
  { value: 'major', label: '◆ Major' },
  { value: 'warning', label: '▲ Warning' },
  { value: 'ok', label: '● OK' },
];

export type ThresholdRowsProps = {
  readonly thresholds: readonly Threshold[];
  readonly onChange: (thresholds: Threshold[]) => void;
};

/** The limits of a panel: from this value on, this status. */
export function ThresholdRows({ thresholds, onChange }: ThresholdRowsProps) {
  const set = (at: number, part: Partial<Threshold>): void =>
    onChange(thresholds.map((each, index) => (index === at ? { ...each, ...part } : each)));
  return (
    <div className={styles.rows}>
      {thresholds.map(({ value, status }, index) => (
        <div key={index} className={styles.limitRow}>
          <Field
            label="From (base unit)"
            type="number"
            step="any"
            value={value}
            onChange={({ target }) =>
              !Number.isNaN(target.valueAsNumber) && set(index, { value: target.valueAsNumber })
            }
          />
          <SelectField
            label="Status"
            value={status}
            options={STATUSES}
            onChange={({ target }) => set(index, { status: target.value as Threshold['status'] })}
          />
          <Button
            look="quiet"
            aria-label="Remove this limit"
            onClick={() => onChange(thresholds.filter((_, at) => at !== index))}
          >
            <IconTrash size={15} />
          </Button>
        </div>
      ))}
      <span>
        <Button
          onClick={() => onChange([...thresholds, { value: 0, status: 'warning' }])}
          disabled={thresholds.length >= 20}
        >
          <IconPlus size={15} /> Add limit
        </Button>
      </span>
    </div>
  );
}
