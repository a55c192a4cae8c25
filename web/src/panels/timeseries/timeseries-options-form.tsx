import type { OptionsFormProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { Field, SelectField } from '#web/ui/field.tsx';
import { TimeSeriesOptions } from './options.ts';

const STYLES = [
  { value: 'line', label: 'Lines' },
  { value: 'bars', label: 'Bars' },
  { value: 'points', label: 'Points' },
];
const STACKING = [
  { value: 'no', label: 'Side by side' },
  { value: 'yes', label: 'Stacked' },
];
const LEGENDS = [
  { value: 'inline', label: 'In a row' },
  { value: 'table', label: 'Table with statistics' },
  { value: 'none', label: 'None' },
];

/** Edits the look of a chart. */
export function TimeSeriesOptionsForm({ options, onChange }: OptionsFormProps) {
  const { style, stack, fill, legend } = readOptions(TimeSeriesOptions, options);
  const change = (part: Partial<TimeSeriesOptions>): void => onChange({ ...options, ...part });
  return (
    <>
      <SelectField
        label="Style"
        options={STYLES}
        value={style}
        onChange={({ target }) => change({ style: target.value as TimeSeriesOptions['style'] })}
      />
      <SelectField
        label="Series"
        options={STACKING}
        value={stack ? 'yes' : 'no'}
        onChange={({ target }) => change({ stack: target.value === 'yes' })}
      />
      <Field
        label="Area opacity (0 to 1)"
        type="number"
        min={0}
        max={1}
        step={0.05}
        value={fill}
        onChange={({ target }) => change({ fill: Math.min(1, Math.max(0, target.valueAsNumber || 0)) })}
      />
      <SelectField
        label="Legend"
        options={LEGENDS}
        value={legend}
        onChange={({ target }) => change({ legend: target.value as TimeSeriesOptions['legend'] })}
      />
    </>
  );
}
