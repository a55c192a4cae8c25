import { type Discovery, type HostFacts, type Listener, localAddress } from '#core/plugin/discovery.ts';
import { addressText } from '#core/plugin/target-options.ts';

const CONFIG_FILES = [
  ...['/etc/apache2/mods-enabled/status.conf', '/etc/apache2/sites-enabled/*', '/etc/apache2/conf-enabled/*'],
  ...['/etc/httpd/conf/httpd.conf', '/etc/httpd/conf.d/*', '/etc/httpd/conf.modules.d/*'],
];
const USUAL_PATH = '/server-status';
const MOST_CANDIDATES = 4;

/** Looks for `<Location …> SetHandler server-status` in the configuration, and tries the usual path as well. */
export const apacheDiscovery: Discovery = {
  files: (listeners) => (listeners.some(isApache) ? CONFIG_FILES : []),
  propose: (facts) => {
    const paths = [...new Set([...statusPaths(facts), USUAL_PATH])].slice(0, MOST_CANDIDATES);
    // All of its ports show the same server: the plain one, where there is one, is the one to ask.
    const own = facts.listeners.filter(isApache).sort((a, b) => Number(isTls(a)) - Number(isTls(b)));
    const servers = new Map<number, Listener>();
    for (const listener of own) if (!servers.has(listener.pid)) servers.set(listener.pid, listener);
    return [...servers.values()].map((listener) => {
      const { address, port, pid } = listener;
      const base = `${isTls(listener) ? 'https' : 'http'}://${addressText({ host: localAddress(listener), port })}`;
      return {
        seen: `Apache (process ${pid}) listens on ${addressText({ host: address, port })}`,
        candidates: paths.map((path) => ({ url: base + path })),
      };
    });
  },
};

const isApache = ({ program }: Listener): boolean => program === 'apache2' || program === 'httpd';
const isTls = ({ port }: Listener): boolean => port === 443 || port === 8443;

function statusPaths({ files }: HostFacts): string[] {
  const location = /<Location\s+"?(\/[^\s">]*)"?\s*>[^<]*\bSetHandler\s+server-status\b/gi;
  return [...files.values()].flatMap((text) => [...text.matchAll(location)].map(([, path = '']) => path));
}
