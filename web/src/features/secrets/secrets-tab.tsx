import { useState } from 'react';
import type { NamedSecret } from '#core/api/secrets.ts';
import { formatDateTime } from '#web/format/time.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import type { Column } from '#web/ui/data-table-column.ts';
import { DeleteDialog } from '#web/ui/delete-dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { RotateDialog } from './rotate-dialog.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import styles from './secrets.module.css';
import { useRemoveSecret, useSecrets } from './use-secrets.ts';

type Open =
  | { readonly kind: 'set'; readonly name?: string }
  | { readonly kind: 'remove'; readonly secret: NamedSecret }
  | { readonly kind: 'rotate' }
  | undefined;

/** Secrets that the configuration refers to by name: written, replaced, removed, never shown; for administrators. */
export function SecretsTab() {
  const [open, setOpen] = useState<Open>();
  const secrets = useSecrets();
  const close = (): void => setOpen(undefined);
  const add = (
    <Button look="solid" onClick={() => setOpen({ kind: 'set' })}>
      New secret
    </Button>
  );
  const none = (
    <EmptyState title="No named secret yet" action={add}>
      Configuration and files of targets refer to one as <code>stored:NAME</code>, so that they hold none themselves.
    </EmptyState>
  );
  return (
    <>
      <Panel
        title="Secrets"
        note="stored:NAME in nocmate.yaml and files of targets"
        menu={
          secrets.data !== undefined && (
            <span className={styles.buttons}>
              <Button onClick={() => setOpen({ kind: 'rotate' })}>Rotate the key</Button>
              {secrets.data.length > 0 && add}
            </span>
          )
        }
        flush
        state={queryState(secrets, ({ length }) => (length === 0 ? none : undefined))}
      >
        <DataTable label="Secrets" columns={columnsOf(setOpen)} rows={secrets.data ?? []} rowKey={({ name }) => name} />
      </Panel>
      <Dialogs open={open} onClose={close} />
    </>
  );
}

function Dialogs({ open, onClose }: { readonly open: Open; readonly onClose: () => void }) {
  const removal = useRemoveSecret(onClose);
  switch (open?.kind) {
    case undefined:
      return null;
    case 'set':
      return <SecretDialog name={open.name} onClose={onClose} />;
    case 'rotate':
      return <RotateDialog onClose={onClose} />;
    case 'remove': {
      const { name, usedBy } = open.secret;
      const { isPending, error } = removal;
      return (
        <DeleteDialog
          {...{ title: `Remove ${name}?`, isPending, error, onClose }}
          onDelete={() => removal.mutate(name)}
        >
          {usedBy.length === 0
            ? 'Nothing refers to it now.'
            : `${usedBy.join(', ')} cannot log in any more: ${usedBy.length === 1 ? 'it refers' : 'they refer'} to it.`}
        </DeleteDialog>
      );
    }
  }
}

function columnsOf(open: (what: Open) => void): readonly Column<NamedSecret>[] {
  return [
    { key: 'name', header: 'Name', width: 'minmax(100px, 2fr)', cell: ({ name }) => <code>{name}</code> },
    {
      ...{ key: 'used', header: 'Used by', width: 'minmax(100px, 2fr)' },
      cell: ({ usedBy }) =>
        usedBy.length === 0 ? (
          <span className={styles.quiet}>nothing now</span>
        ) : (
          <span title={usedBy.join('\n')}>{usedBy.join(', ')}</span>
        ),
    },
    {
      ...{ key: 'changed', header: 'Changed', width: 'minmax(160px, 1fr)', wideOnly: true },
      cell: ({ updatedAt, updatedBy }) => `${formatDateTime(updatedAt)} by ${updatedBy}`,
    },
    {
      ...{ key: 'actions', header: 'Actions', width: '150px', align: 'end' },
      cell: (secret) => (
        <span className={styles.buttons}>
          <Button
            look="quiet"
            aria-label={`Replace ${secret.name}`}
            onClick={() => open({ kind: 'set', name: secret.name })}
          >
            Replace
          </Button>
          <Button look="quiet" aria-label={`Remove ${secret.name}`} onClick={() => open({ kind: 'remove', secret })}>
            Remove
          </Button>
        </span>
      ),
    },
  ];
}
