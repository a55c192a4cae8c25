import { QueryClient } from '@tanstack/react-query';
import { ApiError, createApiClient } from '#web/data/api-client.ts';
import { BOOTSTRAP_KEY } from '#web/data/bootstrap.ts';
import type { DataSources } from '#web/data/data-context.ts';
import { LiveClient, type LiveSocket } from '#web/data/live-client.ts';
import { LiveStore } from '#web/data/live-store.ts';

export type Sources = DataSources & { readonly queries: QueryClient };

const MAX_RETRIES = 2;

/** Builds what reaches the server: the API client, the live stream and the cache of answers. */
export function createSources(): Sources {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, error) => count < MAX_RETRIES && error instanceof ApiError && error.code === 'unavailable',
      },
    },
  });
  const onUnauthenticated = (): void => void queries.invalidateQueries({ queryKey: BOOTSTRAP_KEY });
  const api = createApiClient({ fetch: (url, init) => fetch(url, init), onUnauthenticated });
  const client = new LiveClient({ connect: connectLive, onUnauthenticated, now: () => Date.now() });
  return { api, queries, live: new LiveStore(client) };
}

function connectLive(): LiveSocket {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return new WebSocket(`${scheme}://${location.host}/api/live`) as LiveSocket;
}
