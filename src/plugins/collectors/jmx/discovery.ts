import { type Discovery, type Listener, localAddress } from '#core/plugin/discovery.ts';
import { addressText } from '#core/plugin/target-options.ts';

const PORT_FLAG = /^-D(?:com\.sun\.management\.jmxremote|cassandra\.jmx\.(?:local|remote))\.port=(\d+)$/;

/** Processes whose flags open a port for JMX. */
export const jmxDiscovery: Discovery = {
  propose: ({ listeners }) =>
    listeners.flatMap((listener) => {
      if (!portsOf(listener).includes(listener.port)) return [];
      const address = addressText({ host: localAddress(listener), port: listener.port });
      return [{ seen: `a Java process (${listener.pid}) serves JMX on ${address}`, candidates: [{ address }] }];
    }),
};

const portsOf = ({ commandLine }: Listener): number[] => commandLine.map((flag) => Number(PORT_FLAG.exec(flag)?.[1]));
