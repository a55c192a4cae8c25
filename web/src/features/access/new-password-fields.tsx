import type { Ref } from 'react';
import { Field } from '#web/ui/field.tsx';
import { PASSWORD_MIN } from './password-rule.ts';

/** A new password, typed twice: the form fields `password` and `again`. */
export function NewPasswordFields({
  label,
  problem,
  ref,
}: {
  /** What the field asks for: `Password`. */
  readonly label: string;
  readonly problem: string | undefined;
  readonly ref?: Ref<HTMLInputElement>;
}) {
  const shared = { type: 'password', autoComplete: 'new-password', required: true } as const;
  return (
    <>
      <Field {...shared} label={label} name="password" hint={`At least ${PASSWORD_MIN} characters`} ref={ref} />
      <Field {...shared} label={`${label} again`} name="again" error={problem} />
    </>
  );
}
