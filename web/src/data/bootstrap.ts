import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Bootstrap } from '#core/api/access.ts';
import { useApi, useLive } from './data-context.ts';

/** Key of the answer that says who is signed in. */
export const BOOTSTRAP_KEY = ['bootstrap'] as const;

function useBootstrapOptions() {
  const api = useApi();
  const { client } = useLive();
  return {
    queryKey: BOOTSTRAP_KEY,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<Bootstrap> => {
      const bootstrap = await api.json<Bootstrap>('/api/bootstrap');
      client.syncClock(bootstrap.serverTime);
      return bootstrap;
    },
  } as const;
}

/** Who is signed in, the version, this node's host name: the one request the program starts with. */
export function useBootstrap() {
  return useQuery(useBootstrapOptions());
}

/** The same for pages, which are only drawn when it is there. */
export function useSession(): Bootstrap {
  return useSuspenseQuery(useBootstrapOptions()).data;
}

/** Asks again who is signed in: after log-in, log-out, or when the server says that the session is over. */
export function useRefreshSession(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries({ queryKey: BOOTSTRAP_KEY }), [queries]);
}
