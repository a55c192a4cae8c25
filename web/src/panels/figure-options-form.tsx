import { SelectField } from '#web/ui/field.tsx';
import { FIGURE_LABELS, FigureOptions } from './figure.ts';
import type { OptionsFormProps } from './panel-type.ts';
import { readOptions } from './read-options.ts';

/** Edits how a line becomes the one figure that a panel shows. */
export function FigureOptionsForm({ options, onChange }: OptionsFormProps) {
  return (
    <SelectField
      label="Figure"
      options={FIGURE_LABELS}
      value={readOptions(FigureOptions, options).figure}
      onChange={({ target }) => onChange({ ...options, figure: target.value })}
    />
  );
}
