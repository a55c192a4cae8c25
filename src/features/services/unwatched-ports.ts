import type { UnwatchedPort } from '#core/api/collectors.ts';
import type { CollectorStatus } from '#core/api/status.ts';
import { type Listener, localAddress } from '#core/plugin/discovery.ts';

export type Watched = {
  /** The name of this machine, as it stands in labels. */
  readonly host: string;
  readonly statuses: readonly Pick<CollectorStatus, 'labels'>[];
  /** Processes of the product itself, which collects from itself. */
  readonly ownPids: ReadonlySet<number>;
};

/** Ports that somebody listens on and that no target leads to, each once, in order. */
export function unwatchedPorts(listeners: readonly Listener[], { host, statuses, ownPids }: Watched): UnwatchedPort[] {
  const watched = new Set(
    statuses.flatMap(({ labels }) => (labels['host'] === host ? portOf(labels['instance']) : [])),
  );
  const byPort = Map.groupBy(listeners, ({ port }) => port);
  return [...byPort]
    .filter(([port, held]) => !watched.has(port) && !held.some(({ pid }) => ownPids.has(pid)))
    .map(([port, held]) => {
      const owner = held.find(({ pid }) => pid > 0);
      return {
        port,
        addresses: [...new Set(held.map(({ address }) => address))],
        reach: localAddress(held[0] as Listener),
        program: owner?.program ?? '',
        pid: owner?.pid ?? 0,
      };
    })
    .sort((a, b) => a.port - b.port);
}

function portOf(instance = ''): number[] {
  const port = /:(\d+)$/.exec(instance)?.[1];
  return port === undefined ? [] : [Number(port)];
}
