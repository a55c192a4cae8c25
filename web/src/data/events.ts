import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { EventRow } from '#core/api/events.ts';
import { useApi } from './data-context.ts';

/** What to look for; absent = everything. Times in ms since the epoch. */
export type EventFilter = {
  readonly kind?: string | undefined;
  readonly host?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly limit?: number;
};

/** Events, newest first, asked anew every 5 s. */
export function useEvents(filter: EventFilter) {
  const api = useApi();
  return useQuery({
    queryKey: ['events', filter],
    queryFn: ({ signal }) => api.json<readonly EventRow[]>('/api/events', { query: filter, signal }),
    refetchInterval: 5_000,
    placeholderData: keepPreviousData,
  });
}
