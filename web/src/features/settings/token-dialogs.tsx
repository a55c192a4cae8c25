import { useMutation } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { type NewToken, type TokenInfo, type TokenRequest } from '#core/api/access.ts';
import type { Scope } from '#core/route.ts';
import { Button } from '#web/ui/button.tsx';
import { Command } from '#web/ui/command.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Field, SelectField } from '#web/ui/field.tsx';
import styles from './settings-page.module.css';

const SCOPE_CHOICES: readonly { readonly value: Scope; readonly label: string }[] = [
  { value: 'read', label: 'read: queries and dashboards' },
  { value: 'ingest', label: 'ingest: send data, nothing else' },
  { value: 'write', label: 'write: read, and change dashboards' },
  { value: 'admin', label: 'admin: everything' },
];

const EXPIRY_CHOICES = [
  { value: '', label: 'never' },
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
];

type NewTokenDialogProps = {
  readonly onClose: () => void;
  readonly create: (request: TokenRequest) => Promise<NewToken>;
};

/** Makes a token and shows its secret, this once. */
export function NewTokenDialog({ onClose, create }: NewTokenDialogProps) {
  const creation = useMutation({ mutationFn: create });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const days = Number(form.get('days'));
    creation.mutate({
      name: String(form.get('name')),
      scope: String(form.get('scope')) as Scope,
      ...(days > 0 ? { expiresInDays: days } : {}),
    });
  };
  if (creation.data !== undefined) return <SecretDialog token={creation.data} onClose={onClose} />;
  return (
    <Dialog title="New API token" onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <Field label="Name" name="name" placeholder="grafana" required maxLength={100} />
        <SelectField label="May" name="scope" options={SCOPE_CHOICES} />
        <SelectField label="Expires" name="days" options={EXPIRY_CHOICES} />
        {creation.error !== null && <ErrorCard error={creation.error} />}
        <Button look="solid" type="submit" disabled={creation.isPending}>
          Create
        </Button>
      </form>
    </Dialog>
  );
}

function SecretDialog({ token, onClose }: { token: NewToken; onClose: () => void }) {
  return (
    <Dialog title={`Token ${token.name}`} onClose={onClose}>
      <div className={styles.form}>
        <p>Copy it now: it is not shown again, only its hash is kept.</p>
        <Command label="secret" text={token.secret} />
        <Button look="solid" onClick={onClose}>
          I have it
        </Button>
      </div>
    </Dialog>
  );
}

type RevokeDialogProps = {
  readonly token: TokenInfo;
  readonly onClose: () => void;
  readonly revoke: () => Promise<unknown>;
};

/** Asks before a token stops working. */
export function RevokeDialog({ token, onClose, revoke }: RevokeDialogProps) {
  const revocation = useMutation({ mutationFn: revoke, onSuccess: onClose });
  return (
    <Dialog title={`Revoke ${token.name}?`} onClose={onClose}>
      <div className={styles.form}>
        <p>Whoever uses this token is refused from now on. This cannot be undone.</p>
        {revocation.error !== null && <ErrorCard error={revocation.error} />}
        <Button look="danger" disabled={revocation.isPending} onClick={() => revocation.mutate()}>
          Revoke
        </Button>
      </div>
    </Dialog>
  );
}
