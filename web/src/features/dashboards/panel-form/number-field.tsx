import { Field } from '#web/ui/field.tsx';

export type NumberFieldProps = {
  readonly label: string;
  readonly value: number | undefined;
  readonly min?: number;
  readonly max?: number;
  readonly placeholder?: string;
  readonly onChange: (value: number | undefined) => void;
};

/** A number, or none. */
export function NumberField({ value, placeholder = 'automatic', onChange, ...field }: NumberFieldProps) {
  return (
    <Field
      {...field}
      type="number"
      step="any"
      placeholder={placeholder}
      value={value ?? ''}
      onChange={({ target }) => onChange(Number.isNaN(target.valueAsNumber) ? undefined : target.valueAsNumber)}
    />
  );
}
