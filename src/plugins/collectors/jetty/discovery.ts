import { type Discovery, type Listener, localAddress } from '#core/plugin/discovery.ts';
import { addressText } from '#core/plugin/target-options.ts';

const TLS_PORTS = new Set([443, 8443]);

/** Each Jetty process, by its first port; whether there is an agent in it, the first run tells. */
export const jettyDiscovery: Discovery = {
  propose: ({ listeners }) => {
    const servers = new Map<number, Listener>();
    for (const one of listeners) if (isJetty(one) && !servers.has(one.pid)) servers.set(one.pid, one);
    return [...servers.values()].map((listener) => {
      const address = addressText({ host: localAddress(listener), port: listener.port });
      const scheme = TLS_PORTS.has(listener.port) ? 'https' : 'http';
      return {
        seen: `Jetty (process ${listener.pid}) listens on ${address}`,
        candidates: [{ url: `${scheme}://${address}/jolokia` }],
      };
    });
  },
};

const isJetty = ({ commandLine }: Listener): boolean =>
  commandLine.some((one) =>
    /^-D?jetty\.(home|base)=|^org\.eclipse\.jetty\.|\/jetty[^/]*\/start\.jar$|^-Djetty\./.test(one),
  );
