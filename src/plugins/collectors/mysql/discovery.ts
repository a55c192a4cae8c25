import { type Discovery, type Listener, localAddress, type Proposal } from '#core/plugin/discovery.ts';
import { addressText } from '#core/plugin/target-options.ts';

const PROGRAMS = new Set(['mysqld', 'mariadbd']);
/** Ports of the X protocol and of MySQL's administration, which are not spoken here. */
const OTHER_PORTS = new Set([33_060, 33_062]);

/** Every port of a MySQL or MariaDB server; a login is needed. */
export const mysqlDiscovery: Discovery = {
  propose: ({ listeners }) => {
    const own = listeners.filter(({ program, port }) => PROGRAMS.has(program) && !OTHER_PORTS.has(port));
    const servers = new Map(own.map((listener) => [`${listener.pid} ${listener.port}`, listener]));
    return [...servers.values()].map(proposal);
  },
};

function proposal(listener: Listener): Proposal {
  const { pid, port, address, program } = listener;
  const name = program === 'mariadbd' ? 'MariaDB' : 'MySQL';
  return {
    seen: `${name} (process ${pid}) listens on ${addressText({ host: address, port })}`,
    candidates: [{ address: addressText({ host: localAddress(listener), port }), username: 'nocmate' }],
  };
}
