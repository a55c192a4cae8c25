import { type Discovery, type HostFacts, type Listener, localAddress } from '#core/plugin/discovery.ts';
import { addressText } from '#core/plugin/target-options.ts';

const CONFIG = '/etc/haproxy/haproxy.cfg';
const DEFAULT_URI = '/haproxy?stats';
const MOST_CANDIDATES = 8;

/** Tries the `stats uri` of the configuration, and the default one, on every port of HAProxy. */
export const haproxyDiscovery: Discovery = {
  files: (listeners) => (listeners.some(isHaproxy) ? [CONFIG, ...listeners.filter(isHaproxy).flatMap(configOf)] : []),
  propose: (facts) => {
    const byProcess = Map.groupBy(facts.listeners.filter(isHaproxy), ({ pid }) => pid);
    const uris = [...new Set([...statsUris(facts), DEFAULT_URI])];
    return [...byProcess].map(([pid, listeners]) => {
      const addresses = [...new Set(listeners.map((one) => addressText({ host: localAddress(one), port: one.port })))];
      const urls = addresses.flatMap((address) => uris.map((uri) => `http://${address}${uri}`));
      return {
        seen: `HAProxy (process ${pid}) listens on ${addresses.join(', ')}`,
        candidates: urls.slice(0, MOST_CANDIDATES).map((url) => ({ url })),
      };
    });
  },
};

const isHaproxy = ({ program }: Listener): boolean => program === 'haproxy';

/** The file after `-f`. */
function configOf({ commandLine }: Listener): string[] {
  const path = commandLine[commandLine.indexOf('-f') + 1];
  return commandLine.includes('-f') && path?.startsWith('/') === true ? [path] : [];
}

function statsUris({ files }: HostFacts): string[] {
  return [...files.values()].flatMap((text) =>
    [...text.matchAll(/^\s*stats\s+uri\s+(\/\S*)/gm)].map(([, uri = '']) => uri),
  );
}
