import { type Discovery, type Listener, localAddress, type Proposal } from '#core/plugin/discovery.ts';
import { addressText } from '#core/plugin/target-options.ts';

/** As its title says, `redis-server 127.0.0.1:6379`: in Debian the program itself is a link to redis-check-rdb. */
const TITLE = /(?:^|\/)(?:redis|valkey|keydb)-server(?:\s|$)/;
/** A node of a cluster also listens for the others, so far above its port. */
const CLUSTER_BUS = 10_000;

/** Every port of a Redis or Valkey server, once. */
export const redisDiscovery: Discovery = {
  propose: ({ listeners }) => {
    const own = listeners.filter(({ commandLine: [title = ''] }) => TITLE.test(title));
    const ports = new Set(own.map(({ pid, port }) => `${pid} ${port}`));
    const servers = new Map<string, Listener>();
    for (const listener of own) {
      const { pid, port } = listener;
      if (!ports.has(`${pid} ${port - CLUSTER_BUS}`) && !servers.has(`${pid} ${port}`))
        servers.set(`${pid} ${port}`, listener);
    }
    return [...servers.values()].map(proposal);
  },
};

function proposal(listener: Listener): Proposal {
  const { pid, port, address } = listener;
  return {
    seen: `Redis (process ${pid}) listens on ${addressText({ host: address, port })}`,
    candidates: [{ address: addressText({ host: localAddress(listener), port }) }],
  };
}
