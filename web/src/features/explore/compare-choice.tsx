import { SelectField } from '#web/ui/field.tsx';

const OFFSETS = [
  { value: '', label: 'nothing' },
  { value: '1h', label: 'an hour before' },
  { value: '1d', label: 'a day before' },
  { value: '1w', label: 'a week before' },
];

export type CompareChoiceProps = { readonly value: string; readonly onChange: (offset: string) => void };

/** The earlier time that is drawn dashed beside now. */
export function CompareChoice({ value, onChange }: CompareChoiceProps) {
  const isKnown = OFFSETS.some((offset) => offset.value === value);
  const options = isKnown ? OFFSETS : [...OFFSETS, { value, label: `${value} before` }];
  return (
    <SelectField
      label="Compare with"
      options={options}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
