import { type Discovery, type Listener, localAddress, type Proposal } from '#core/plugin/discovery.ts';
import { addressText } from '#core/plugin/target-options.ts';

/** Every port of a PostgreSQL server; a login is needed. */
export const postgresqlDiscovery: Discovery = {
  propose: ({ listeners }) => {
    const own = listeners.filter(({ program }) => program === 'postgres' || program === 'postmaster');
    const servers = new Map(own.map((listener) => [`${listener.pid} ${listener.port}`, listener]));
    return [...servers.values()].map(proposal);
  },
};

function proposal(listener: Listener): Proposal {
  const { pid, port, address } = listener;
  return {
    seen: `PostgreSQL (process ${pid}) listens on ${addressText({ host: address, port })}`,
    candidates: [{ address: addressText({ host: localAddress(listener), port }), username: 'nocmate' }],
  };
}
