import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import type { SetupRequest } from '#core/api/access.ts';
import { ApiError } from '#web/data/api-client.ts';
import { useRefreshSession } from '#web/data/bootstrap.ts';
import { useApi } from '#web/data/data-context.ts';
import { Button } from '#web/ui/button.tsx';
import { Field } from '#web/ui/field.tsx';
import { focusOnMount } from '#web/ui/focus-on-mount.ts';
import styles from './access.module.css';
import { NewPasswordFields } from './new-password-fields.tsx';
import { passwordProblem } from './password-rule.ts';

/** Creates the first administrator; the one-time token proves that whoever asks can read the server's terminal. */
export function SetupForm({ token }: { readonly token: string }) {
  const api = useApi();
  const refresh = useRefreshSession();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<string>();
  const setup = useMutation({
    mutationFn: (body: SetupRequest) => api.json('/api/setup', { method: 'POST', body }),
    onSuccess: async () => {
      await refresh();
      await navigate({ to: '/', hash: '', replace: true });
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = String(form.get('password'));
    const found = passwordProblem(password, String(form.get('again')));
    setProblem(found);
    if (found === undefined) setup.mutate({ token, name: String(form.get('name')), password });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <p>
        <strong>Create the administrator</strong>
      </p>
      <p className={styles.quiet}>This host is being measured already; one account and you see it.</p>
      <Field label="Name" name="name" autoComplete="username" defaultValue="admin" required />
      <NewPasswordFields label="Password" problem={problem} ref={focusOnMount} />
      {setup.error !== null && <SetupProblem error={setup.error} />}
      <Button look="solid" type="submit" disabled={setup.isPending}>
        {setup.isPending ? 'Creating …' : 'Create and sign in'}
      </Button>
    </form>
  );
}

function SetupProblem({ error }: { error: Error }) {
  const expired = error instanceof ApiError && (error.code === 'unauthenticated' || error.code === 'forbidden');
  return (
    <p className={styles.problem} role="alert">
      {expired ? 'This one-time address is not valid any more. Restart the server to get a new one.' : error.message}
    </p>
  );
}
