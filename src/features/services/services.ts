import type { UnwatchedPorts } from '#core/api/collectors.ts';
import type { CollectorStatus } from '#core/api/status.ts';
import type { HostFacts, Listener } from '#core/plugin/discovery.ts';
import { defineRoute, type Route } from '#core/route.ts';
import { unwatchedPorts } from './unwatched-ports.ts';

export type ServicesOptions = {
  /** The name of this machine, as it stands in labels. */
  readonly host: string;
  readonly statuses: () => readonly CollectorStatus[];
  readonly ownPids: () => readonly number[];
};

/** What runs on this machine and is not monitored. */
export type Services = {
  readonly routes: readonly Route[];
  /** What listens now, as discovery finds it. */
  readonly notice: (facts: ReadonlyMap<string, Pick<HostFacts, 'listeners'>>) => void;
};

/** Puts the feature together. */
export function createServices({ host, statuses, ownPids }: ServicesOptions): Services {
  let listeners: readonly Listener[] | undefined;
  const answer = (): UnwatchedPorts => ({
    isKnown: listeners !== undefined,
    ports: unwatchedPorts(listeners ?? [], { host, statuses: statuses(), ownPids: new Set(ownPids()) }),
  });
  return {
    routes: [defineRoute({ method: 'GET', path: '/api/services/unwatched', permission: 'read', handler: answer })],
    notice: (facts) => {
      // Every plugin is told the same sockets.
      const [first] = facts.values();
      listeners = first?.listeners ?? [];
    },
  };
}
