import type { OptionsFormProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { SelectField } from '#web/ui/field.tsx';
import { TableOptions } from './options.ts';

const COLUMNS = [
  { value: 'statistics', label: 'Least, average, greatest, newest' },
  { value: 'latest', label: 'Labels and newest value' },
];

/** Edits what a table shows. */
export function TableOptionsForm({ options, onChange }: OptionsFormProps) {
  return (
    <SelectField
      label="Columns"
      options={COLUMNS}
      value={readOptions(TableOptions, options).show}
      onChange={({ target }) => onChange({ ...options, show: target.value })}
    />
  );
}
