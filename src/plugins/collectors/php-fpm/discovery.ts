import type { Discovery, HostFacts, Proposal } from '#core/plugin/discovery.ts';
import { parseAddress } from '#core/plugin/target-options.ts';

const FASTCGI_PORT = 9_000;
const VERSIONS = ['7.4', '8.0', '8.1', '8.2', '8.3', '8.4', '8.5'];
/** Debian and its like; others. */
const CONFIG_FILES = [...VERSIONS.map((version) => `/etc/php/${version}/fpm/pool.d/*.conf`), '/etc/php-fpm.d/*.conf'];

/** Pools whose configuration names a status page: most of them listen on Unix sockets, which cannot be seen as ports. */
export const phpFpmDiscovery: Discovery = {
  files: () => CONFIG_FILES,
  propose: ({ files }: HostFacts) => [...files].flatMap(([path, text]) => poolsOf(path, text)),
};

function poolsOf(path: string, text: string): Proposal[] {
  const parts = text.split(/^\s*\[([^\]]+)\]/m);
  return parts.flatMap((name, i) => (i % 2 === 1 ? poolOf(path, name, parts[i + 1] ?? '') : []));
}

function poolOf(file: string, name: string, text: string): Proposal[] {
  const status = valueOf(text, 'pm.status_path');
  const listen = valueOf(text, 'pm.status_listen') ?? valueOf(text, 'listen');
  if (status === undefined || listen === undefined) return [];
  const seen = `the pool ${name} of PHP-FPM stands in ${file}`;
  const path = listen.replaceAll('$pool', name);
  if (path.startsWith('/')) return [{ seen, candidates: [{ url: `fcgi://localhost${status}`, socket: path }] }];
  const address = parseAddress(/^\d+$/.test(listen) ? `127.0.0.1:${listen}` : listen, FASTCGI_PORT);
  if (address === undefined) return [];
  const host = ['0.0.0.0', '::'].includes(address.host) ? '127.0.0.1' : address.host;
  return [{ seen, candidates: [{ url: `fcgi://${host}:${address.port}${status}` }] }];
}

/** `;` and `#` begin comments. */
function valueOf(text: string, key: string): string | undefined {
  return new RegExp(`^\\s*${key.replaceAll('.', '\\.')}\\s*=\\s*"?([^\\s";#]+)`, 'm').exec(text)?.[1];
}
