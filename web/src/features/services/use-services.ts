import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { UnwatchedPort, UnwatchedPorts } from '#core/api/collectors.ts';
import { useCollectors } from '#web/data/collectors.ts';
import { useApi } from '#web/data/data-context.ts';
import { useTargets } from '#web/features/collectors/use-targets.ts';
import { useKeyFigures } from './key-figures.ts';
import { serviceRows } from './service-rows.ts';

const REFRESH_MS = 15_000;

/** All services as they are now, and what is not monitored. */
export function useServices() {
  const statuses = useCollectors();
  const { catalogue, stored, proposals } = useTargets();
  const kinds = new Set((statuses.data ?? []).map(({ plugin }) => plugin));
  const figures = useKeyFigures((catalogue.data ?? []).filter(({ id }) => kinds.has(id)));
  const rows = useMemo(
    () =>
      serviceRows({
        ...{ statuses: statuses.data ?? [], stored: stored.data ?? [], catalogue: catalogue.data ?? [], figures },
      }),
    [statuses.data, stored.data, catalogue.data, figures],
  );
  const found = proposals.data ?? [];
  const ports = useUnwatchedPorts().filter(({ port }) => !found.some(({ target }) => leadsTo(target, port)));
  return { statuses, catalogue: catalogue.data ?? [], rows, proposals: found, ports };
}

/** What is proposed already needs no second offer. */
function leadsTo(target: string, port: number): boolean {
  return new RegExp(`:${port}(?!\\d)`).test(target);
}

function useUnwatchedPorts(): readonly UnwatchedPort[] {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['services', 'unwatched'],
    queryFn: ({ signal }) => api.json<UnwatchedPorts>('/api/services/unwatched', { signal }),
    refetchInterval: REFRESH_MS,
  });
  return data?.ports ?? [];
}
