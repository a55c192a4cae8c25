import { type Discovery, type Listener, localAddress } from '#core/plugin/discovery.ts';
import { addressText } from '#core/plugin/target-options.ts';

const MOST_CANDIDATES = 4;

/** Each Squid, by its ports. */
export const squidDiscovery: Discovery = {
  propose: ({ listeners }) => {
    const byProcess = Map.groupBy(listeners.filter(isSquid), ({ pid }) => pid);
    return [...byProcess].map(([pid, own]) => {
      const addresses = [...new Set(own.map((one) => addressText({ host: localAddress(one), port: one.port })))];
      return {
        seen: `Squid (process ${pid}) listens on ${addresses.join(', ')}`,
        candidates: addresses.slice(0, MOST_CANDIDATES).map((address) => ({ url: `http://${address}` })),
      };
    });
  },
};

const isSquid = ({ program }: Listener): boolean => program === 'squid' || program === 'squid3';
