import { type Discovery, type Listener, localAddress } from '#core/plugin/discovery.ts';
import { addressText } from '#core/plugin/target-options.ts';

/** Ports of the management interface: plain, TLS (a shift of all ports moves them). */
const PORTS = new Map([
  [9990, 'http'],
  [9993, 'https'],
]);

/** The management interface of each process; it asks for a login, so that it is offered with a form. */
export const jbossDiscovery: Discovery = {
  propose: ({ listeners }) =>
    listeners.filter(isJBoss).flatMap((listener) => {
      const { pid, port } = listener;
      const scheme = PORTS.get(port - shiftOf(listener));
      if (scheme === undefined) return [];
      const address = addressText({ host: localAddress(listener), port });
      return [
        {
          seen: `the management interface of JBoss (process ${pid}) listens on ${address}`,
          candidates: [{ url: `${scheme}://${address}/management` }],
        },
      ];
    }),
};

const isJBoss = ({ commandLine }: Listener): boolean => commandLine.some((one) => one.endsWith('jboss-modules.jar'));

function shiftOf({ commandLine }: Listener): number {
  const flag = commandLine.find((one) => one.startsWith('-Djboss.socket.binding.port-offset='));
  return Number(flag?.split('=')[1] ?? 0) || 0;
}
