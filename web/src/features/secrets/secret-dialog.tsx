import type { SubmitEvent } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Field } from '#web/ui/field.tsx';
import styles from './secrets.module.css';
import { useSetSecret } from './use-secrets.ts';

type SecretDialogProps = {
  /** Of the secret whose value is replaced; absent: a new one. */
  readonly name?: string | undefined;
  readonly onClose: () => void;
};

/** Takes the value of a new secret, or another value of one that there is. */
export function SecretDialog({ name, onClose }: SecretDialogProps) {
  const setting = useSetSecret(onClose);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setting.mutate({ name: name ?? String(form.get('name')), value: String(form.get('value')) });
  };
  return (
    <Dialog title={name === undefined ? 'New secret' : `Replace ${name}`} onClose={onClose}>
      <form className={styles.form} onSubmit={submit} autoComplete="off">
        {name === undefined && (
          <Field
            label="Name"
            name="name"
            placeholder="cache"
            required
            maxLength={100}
            pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
            title="Letters, digits, dot, dash and underscore"
          />
        )}
        <Field label="Value" name="value" type="password" required maxLength={10_000} autoComplete="new-password" />
        <p className={styles.note}>It is encrypted and never shown again. Whoever uses it has it with the next run.</p>
        {setting.error !== null && <ErrorCard error={setting.error} />}
        <Button look="solid" type="submit" disabled={setting.isPending}>
          Save
        </Button>
      </form>
    </Dialog>
  );
}
