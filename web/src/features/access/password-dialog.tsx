import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import type { PasswordRequest } from '#core/api/access.ts';
import { useApi } from '#web/data/data-context.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field } from '#web/ui/field.tsx';
import styles from './access.module.css';
import { Problem } from './login-form.tsx';
import { NewPasswordFields } from './new-password-fields.tsx';
import { passwordProblem } from './password-rule.ts';

/** Changes the own password. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi();
  const [problem, setProblem] = useState<string>();
  const change = useMutation({
    mutationFn: (body: PasswordRequest) => api.json('/api/password', { method: 'POST', body }),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = String(form.get('password'));
    const found = passwordProblem(password, String(form.get('again')));
    setProblem(found);
    if (found === undefined) change.mutate({ current: String(form.get('current')), password });
  };
  return (
    <Dialog title="Change password" onClose={onClose}>
      {change.isSuccess ? (
        <div className={styles.form}>
          <output>The password is changed. All your other sessions have ended.</output>
          <Button look="solid" onClick={onClose}>
            Done
          </Button>
        </div>
      ) : (
        <form className={styles.form} onSubmit={submit}>
          <Field label="Password now" name="current" type="password" autoComplete="current-password" required />
          <NewPasswordFields label="New password" problem={problem} />
          <Problem error={change.error} />
          <Button look="solid" type="submit" disabled={change.isPending}>
            Change password
          </Button>
        </form>
      )}
    </Dialog>
  );
}
