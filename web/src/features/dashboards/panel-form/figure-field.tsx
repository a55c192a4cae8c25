import { Reducer } from '#core/api/panel-display.ts';
import { SelectField } from '#web/ui/field.tsx';
import { FIGURES } from './step-choices.ts';

/** What makes one number of many. */
export function FigureField({
  value,
  onChange,
}: {
  readonly value: Reducer;
  readonly onChange: (figure: Reducer) => void;
}) {
  return (
    <SelectField
      label="Figure"
      value={value}
      options={FIGURES}
      onChange={({ target }) => onChange(Reducer.parse(target.value))}
    />
  );
}
