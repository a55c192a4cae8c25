import { KNOWN_UNITS } from '#web/format/units.ts';
import { SelectField } from '#web/ui/field.tsx';

export type UnitFieldProps = {
  /** What no unit means: by the metric, or by the panel. */
  readonly none: string;
  readonly value: string;
  readonly onChange: (unit: string) => void;
};

/** A unit; one that an import brought is offered as it is. */
export function UnitField({ none, value, onChange }: UnitFieldProps) {
  const known = KNOWN_UNITS.filter((unit) => unit.value !== '');
  const own = value === '' || known.some((unit) => unit.value === value) ? [] : [{ value, label: value }];
  return (
    <SelectField
      label="Unit"
      value={value}
      options={[{ value: '', label: none }, ...own, ...known]}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
