import { type Discovery, type Listener, localAddress } from '#core/plugin/discovery.ts';
import { addressText } from '#core/plugin/target-options.ts';

const NOT_HTTP = new Set([8005, 8009]);

/** Each Tomcat process; its manager asks for a login, so that it is offered with a form. */
export const tomcatDiscovery: Discovery = {
  propose: ({ listeners }) => {
    const own = listeners.filter((listener) => isTomcat(listener) && !NOT_HTTP.has(listener.port));
    const servers = new Map<number, Listener>();
    for (const listener of own) if (!servers.has(listener.pid)) servers.set(listener.pid, listener);
    return [...servers.values()].map((listener) => {
      const { pid, port, address } = listener;
      const scheme = port === 8443 || port === 443 ? 'https' : 'http';
      return {
        seen: `Tomcat (process ${pid}) listens on ${addressText({ host: address, port })}`,
        candidates: [{ url: `${scheme}://${addressText({ host: localAddress(listener), port })}/manager` }],
      };
    });
  },
};

const isTomcat = ({ commandLine }: Listener): boolean => commandLine.includes('org.apache.catalina.startup.Bootstrap');
