import { type Discovery, type Listener, localAddress } from '#core/plugin/discovery.ts';
import { addressText } from '#core/plugin/target-options.ts';

/** The management of a broker where nobody has moved it. */
const MANAGEMENT = 15_672;

/** A node of RabbitMQ whose management listens; it asks for a login, so that it is offered with a form. */
export const rabbitmqDiscovery: Discovery = {
  propose: ({ listeners }) =>
    listeners
      .filter((listener) => listener.port === MANAGEMENT && isRabbitmq(listener))
      .slice(0, 1)
      .map((listener) => ({
        seen: `RabbitMQ (process ${listener.pid}) has its management on port ${listener.port}`,
        candidates: [{ url: `http://${addressText({ host: localAddress(listener), port: listener.port })}` }],
      })),
};

const isRabbitmq = ({ commandLine }: Listener): boolean => commandLine.some((word) => /\brabbit/.test(word));
