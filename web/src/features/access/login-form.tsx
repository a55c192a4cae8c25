import { useMutation } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import type { LoginRequest } from '#core/api/access.ts';
import { ApiError } from '#web/data/api-client.ts';
import { useRefreshSession } from '#web/data/bootstrap.ts';
import { useApi } from '#web/data/data-context.ts';
import { Button } from '#web/ui/button.tsx';
import { Field } from '#web/ui/field.tsx';
import { focusOnMount } from '#web/ui/focus-on-mount.ts';
import styles from './access.module.css';

/** Name and password. */
export function LoginForm({ usedLink }: { readonly usedLink: boolean }) {
  const api = useApi();
  const refresh = useRefreshSession();
  const login = useMutation({
    mutationFn: (body: LoginRequest) => api.json('/api/login', { method: 'POST', body }),
    onSuccess: refresh,
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    login.mutate({ name: String(form.get('name')), password: String(form.get('password')) });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      {usedLink && <p className={styles.quiet}>This one-time address was used already. Log in with your account.</p>}
      <Field label="Name" name="name" autoComplete="username" ref={focusOnMount} required />
      <Field label="Password" name="password" type="password" autoComplete="current-password" required />
      <Problem error={login.error} />
      <Button look="solid" type="submit" disabled={login.isPending}>
        {login.isPending ? 'Logging in …' : 'Log in'}
      </Button>
    </form>
  );
}

/** The sentence of a failed attempt. */
export function Problem({ error }: { readonly error: unknown }) {
  if (error === null) return null;
  const wrong = error instanceof ApiError && error.code === 'unauthenticated';
  return (
    <p className={styles.problem} role="alert">
      {wrong ? 'Name or password is wrong.' : error instanceof Error ? error.message : String(error)}
    </p>
  );
}
