import { FIGURE_LABELS } from '#web/panels/figure.ts';
import type { OptionsFormProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { SelectField } from '#web/ui/field.tsx';
import { StatOptions } from './options.ts';

const SPARKS = [
  { value: 'yes', label: 'Shown' },
  { value: 'no', label: 'Hidden' },
];

/** Edits what a stat shows. */
export function StatOptionsForm({ options, onChange }: OptionsFormProps) {
  const { figure, spark } = readOptions(StatOptions, options);
  return (
    <>
      <SelectField
        label="Figure"
        options={FIGURE_LABELS}
        value={figure}
        onChange={({ target }) => onChange({ ...options, figure: target.value })}
      />
      <SelectField
        label="Line behind it"
        options={SPARKS}
        value={spark ? 'yes' : 'no'}
        onChange={({ target }) => onChange({ ...options, spark: target.value === 'yes' })}
      />
    </>
  );
}
