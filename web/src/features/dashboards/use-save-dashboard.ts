import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Dashboard, StoredDashboard } from '#core/api/dashboard.ts';
import { ApiError } from '#web/data/api-client.ts';
import { useApi } from '#web/data/data-context.ts';
import { useDashboardActions } from './use-dashboards.ts';

export type Saving = {
  readonly save: (draft: Dashboard) => void;
  readonly isPending: boolean;
  readonly error: Error | undefined;
  /** What somebody else saved meanwhile. */
  readonly conflict: StoredDashboard | undefined;
  /** Takes the other version as the base of further changes. */
  readonly adopt: () => void;
  readonly saveAsCopy: (draft: Dashboard) => void;
};

/** Saves a draft against the version it was made from; a conflict is shown, never overwritten. */
export function useSaveDashboard(stored: StoredDashboard, onSaved: () => void): Saving {
  const api = useApi();
  const navigate = useNavigate();
  const actions = useDashboardActions();
  const [version, setVersion] = useState(stored.version);
  const [conflict, setConflict] = useState<StoredDashboard>();
  const [error, setError] = useState<Error>();
  const fail = async (reason: Error): Promise<void> => {
    if (!(reason instanceof ApiError) || reason.code !== 'conflict') setError(reason);
    else setConflict(await api.json<StoredDashboard>(`/api/dashboards/${encodeURIComponent(stored.id)}`));
  };
  const run = (work: Promise<unknown>): void => {
    setError(undefined);
    work.catch((reason: Error) => fail(reason)).catch((reason: Error) => setError(reason));
  };
  return {
    isPending: actions.save.isPending || actions.create.isPending,
    error,
    conflict,
    save: (draft) => run(actions.save.mutateAsync({ id: stored.id, version, dashboard: draft }).then(onSaved)),
    adopt: () => {
      if (conflict !== undefined) setVersion(conflict.version);
      setConflict(undefined);
    },
    saveAsCopy: (draft) =>
      run(
        actions.create.mutateAsync({ ...draft, title: `${draft.title} (copy)` }).then(({ id }) => {
          setConflict(undefined);
          void navigate({ to: '/dashboards/$id', params: { id } });
        }),
      ),
  };
}
