import type { Discovery, Listener } from '#core/plugin/discovery.ts';

/** Each instance, by the argument `-n` of its process; the default one has none. */
export const varnishDiscovery: Discovery = {
  propose: ({ listeners }) => {
    const own = new Map(listeners.filter(isVarnish).map((one) => [nameOf(one), one]));
    return [...own].map(([name, { pid }]) => ({
      seen: `Varnish (process ${pid}) runs as ${name ?? 'the default instance'}`,
      candidates: [name === undefined ? {} : { name }],
    }));
  },
};

const isVarnish = ({ program }: Listener): boolean => program === 'varnishd' || program === 'cache-main';

/** `-n name` or `-nname`. */
function nameOf({ commandLine }: Listener): string | undefined {
  const place = commandLine.findIndex((one) => one.startsWith('-n'));
  const flag = commandLine[place];
  return flag === '-n' ? commandLine[place + 1] : flag?.slice(2);
}
