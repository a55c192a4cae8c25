import { type Discovery, localAddress } from '#core/plugin/discovery.ts';
import { addressText } from '#core/plugin/target-options.ts';

/** Every port of a memcached process, once. */
export const memcachedDiscovery: Discovery = {
  propose: ({ listeners }) => {
    const servers = new Map(
      listeners.filter(({ program }) => program === 'memcached').map((listener) => [listener.port, listener]),
    );
    return [...servers.values()].map((listener) => {
      const { pid, port, address } = listener;
      return {
        seen: `Memcached (process ${pid}) listens on ${addressText({ host: address, port })}`,
        candidates: [{ address: addressText({ host: localAddress(listener), port }) }],
      };
    });
  },
};
