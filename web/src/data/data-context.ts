import { createContext, use } from 'react';
import type { ApiClient } from './api-client.ts';
import type { LiveStore } from './live-store.ts';

/** The two ways to the server: requests and the live stream. */
export type DataSources = { readonly api: ApiClient; readonly live: LiveStore };

/** Filled once, where the program starts. */
export const DataContext = createContext<DataSources | undefined>(undefined);

/** The client of the HTTP API. */
export function useApi(): ApiClient {
  return useSources().api;
}

/** All live feeds of the tab. */
export function useLive(): LiveStore {
  return useSources().live;
}

function useSources(): DataSources {
  const sources = use(DataContext);
  if (sources === undefined) throw new Error('DataContext has no provider above this component');
  return sources;
}
