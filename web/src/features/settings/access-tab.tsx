import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { NewToken, TokenInfo, UserInfo } from '#core/api/access.ts';
import { useApi } from '#web/data/data-context.ts';
import { formatDateTime } from '#web/format/time.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import type { Column } from '#web/ui/data-table-column.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import styles from './settings-page.module.css';
import { NewTokenDialog, RevokeDialog } from './token-dialogs.tsx';

type Open = { readonly kind: 'create' } | { readonly kind: 'revoke'; readonly token: TokenInfo } | undefined;

/** API tokens and users; for administrators. */
export function AccessTab() {
  const api = useApi();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open>();
  const tokens = useQuery({
    queryKey: ['tokens'],
    queryFn: ({ signal }) => api.json<readonly TokenInfo[]>('/api/tokens', { signal }),
  });
  const close = (): void => {
    setOpen(undefined);
    void queries.invalidateQueries({ queryKey: ['tokens'] });
  };
  const create = (
    <Button look="solid" onClick={() => setOpen({ kind: 'create' })}>
      New token
    </Button>
  );
  const none = (
    <EmptyState title="No API token yet" action={create}>
      Scripts, Grafana and senders over HTTP log in with a token.
    </EmptyState>
  );
  return (
    <div className={styles.stack}>
      <Panel
        title="API tokens"
        note="Authorization: Bearer …, or as the password of basic auth"
        menu={tokens.data !== undefined && tokens.data.length > 0 && create}
        flush
        state={queryState(tokens, ({ length }) => (length === 0 ? none : undefined))}
      >
        <DataTable
          label="API tokens"
          columns={tokenColumns((token) => setOpen({ kind: 'revoke', token }))}
          rows={tokens.data ?? []}
          rowKey={({ id }) => id}
        />
      </Panel>
      <Users />
      {open?.kind === 'create' && (
        <NewTokenDialog
          onClose={close}
          create={(body) => api.json<NewToken>('/api/tokens', { method: 'POST', body })}
        />
      )}
      {open?.kind === 'revoke' && (
        <RevokeDialog
          token={open.token}
          onClose={close}
          revoke={() => api.json(`/api/tokens/${encodeURIComponent(open.token.id)}`, { method: 'DELETE' })}
        />
      )}
    </div>
  );
}

function Users() {
  const api = useApi();
  const users = useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) => api.json<readonly UserInfo[]>('/api/users', { signal }),
  });
  return (
    <Panel title="Users" note="your password is changed in the user menu" flush state={queryState(users)}>
      <DataTable label="Users" columns={USER_COLUMNS} rows={users.data ?? []} rowKey={({ id }) => id} />
    </Panel>
  );
}

const USER_COLUMNS: readonly Column<UserInfo>[] = [
  { key: 'name', header: 'Name', width: 'minmax(110px, 2fr)', cell: ({ name }) => name },
  { key: 'scope', header: 'May', width: '90px', cell: ({ scope }) => scope },
  { key: 'created', header: 'Created', width: '150px', cell: ({ createdAt }) => formatDateTime(createdAt) },
];

function tokenColumns(onRevoke: (token: TokenInfo) => void): readonly Column<TokenInfo>[] {
  return [
    { key: 'name', header: 'Name', width: 'minmax(110px, 2fr)', cell: ({ name }) => name },
    { key: 'scope', header: 'May', width: '72px', cell: ({ scope }) => scope },
    { key: 'by', header: 'Created by', width: '110px', wideOnly: true, cell: ({ createdBy }) => createdBy },
    {
      key: 'created',
      header: 'Created',
      width: '140px',
      wideOnly: true,
      cell: ({ createdAt }) => formatDateTime(createdAt),
    },
    {
      key: 'expires',
      header: 'Expires',
      width: '140px',
      wideOnly: true,
      cell: (token) => when(token.expiresAt, 'never'),
    },
    {
      key: 'used',
      header: 'Last used',
      width: '140px',
      wideOnly: true,
      cell: (token) => when(token.lastUsedAt, 'not yet'),
    },
    {
      key: 'revoke',
      header: 'Action',
      width: '84px',
      align: 'end',
      cell: (token) => (
        <Button look="quiet" aria-label={`Revoke ${token.name}`} onClick={() => onRevoke(token)}>
          Revoke
        </Button>
      ),
    },
  ];
}

function when(ms: number | null, otherwise: string): string {
  return ms === null ? otherwise : formatDateTime(ms);
}
