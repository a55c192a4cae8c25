import { useId } from 'react';
import { Field, type FieldProps } from '#web/ui/field.tsx';

export type NameFieldProps = FieldProps & { readonly names: readonly string[] };

const OFFERED = 200;

/** A text that is completed with names of what is there. */
export function NameField({ names, ...field }: NameFieldProps) {
  const id = useId();
  return (
    <>
      <Field list={id} autoComplete="off" spellCheck={false} {...field} />
      <datalist id={id}>
        {[...new Set(names)].slice(0, OFFERED).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </datalist>
    </>
  );
}
