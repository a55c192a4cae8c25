import { type Discovery, type HostFacts, type Listener, localAddress, type Proposal } from '#core/plugin/discovery.ts';
import { addressText } from '#core/plugin/target-options.ts';

/** Where the Debian package and most guides put things. */
const CONFIG_FILES = ['/etc/nginx/nginx.conf', '/etc/nginx/conf.d/*', '/etc/nginx/sites-enabled/*'];
const USUAL_PATHS = ['/nginx_status', '/stub_status', '/basic_status', '/status'];
const MOST_CANDIDATES = 8;

/** Looks for `location … { stub_status }` in the configuration, and tries the usual paths as well. */
export const nginxDiscovery: Discovery = {
  files: (listeners) => {
    const own = listeners.filter(isNginx).flatMap(({ commandLine }) => configOf(commandLine));
    return listeners.some(isNginx) ? [...CONFIG_FILES, ...own] : [];
  },
  propose: (facts) => {
    const servers = new Map<string, Listener>();
    for (const listener of facts.listeners.filter(isNginx)) {
      const url = urlOf(listener);
      if (!servers.has(url)) servers.set(url, listener);
    }
    const paths = [...new Set([...statusPaths(facts), ...USUAL_PATHS])].slice(0, MOST_CANDIDATES);
    return [...servers.values()].map((listener) => proposal(listener, paths));
  },
};

const isNginx = ({ program }: Listener): boolean => program === 'nginx';

/** The file after `-c`: the master process shows its command line as its title. */
function configOf(commandLine: readonly string[]): string[] {
  const path = /(?:^|\s)-c\s+(\/\S+)/.exec(commandLine.join(' '))?.[1];
  return path === undefined ? [] : [path];
}

function statusPaths({ files }: HostFacts): string[] {
  const location = /location\s+(?:=\s*|\^~\s*)?(\/[^\s{]*)\s*\{[^{}]*\bstub_status\b/g;
  return [...files.values()].flatMap((text) => [...text.matchAll(location)].map(([, path = '']) => path));
}

function urlOf(listener: Listener): string {
  const { port } = listener;
  const scheme = port === 443 || port === 8443 ? 'https' : 'http';
  return `${scheme}://${addressText({ host: localAddress(listener), port })}`;
}

function proposal(listener: Listener, paths: readonly string[]): Proposal {
  const base = urlOf(listener);
  return {
    seen: `nginx (process ${listener.pid}) listens on ${addressText({ host: listener.address, port: listener.port })}`,
    candidates: paths.map((path) => ({ url: base + path })),
  };
}
