import { FIGURE_LABELS } from '#web/panels/figure.ts';
import type { OptionsFormProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { SelectField } from '#web/ui/field.tsx';
import { GaugeOptions } from './options.ts';

/** Edits what a gauge shows; its ends are the panel's minimum and maximum. */
export function GaugeOptionsForm({ options, onChange }: OptionsFormProps) {
  return (
    <SelectField
      label="Figure"
      hint="Minimum and maximum of the panel are the ends of the gauge."
      options={FIGURE_LABELS}
      value={readOptions(GaugeOptions, options).figure}
      onChange={({ target }) => onChange({ ...options, figure: target.value })}
    />
  );
}
