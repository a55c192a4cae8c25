import { type Discovery, type Listener, localAddress } from '#core/plugin/discovery.ts';
import { addressText } from '#core/plugin/target-options.ts';

const DEFAULT_PORT = 8778;

/** Processes that were started with the agent, `-javaagent:/opt/jolokia.jar=port=8778`. */
export const jolokiaDiscovery: Discovery = {
  propose: ({ listeners }) =>
    listeners.flatMap((listener) => {
      const { pid, port } = listener;
      const agent = agentOf(listener);
      if (agent === undefined || port !== agent.port) return [];
      const address = addressText({ host: localAddress(listener), port });
      return [
        {
          seen: `a Jolokia agent (process ${pid}) listens on ${address}`,
          candidates: [{ url: `${agent.protocol}://${address}${agent.path}` }],
        },
      ];
    }),
};

function agentOf({ commandLine }: Listener) {
  const flag = commandLine.find((one) => /^-javaagent:[^=]*jolokia[^=/]*\.jar(=|$)/.test(one));
  if (flag === undefined) return undefined;
  const options = new Map([...flag.matchAll(/[=,](\w+)=([^,]*)/g)].map(([, name = '', value = '']) => [name, value]));
  const port = Number(options.get('port') ?? DEFAULT_PORT);
  const path = (options.get('agentContext') ?? '/jolokia').replace(/\/$/, '');
  return { port, path, protocol: options.get('protocol') === 'https' ? 'https' : 'http' };
}
