import { existsSync, globSync } from 'node:fs';
import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const SERVER = globSync('/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server').at(-1) ?? '';
const EPMD = '/usr/bin/epmd';
/** `nobody` and `nogroup` of Debian: whom the programs run as where the tests are run by root. */
const NOBODY = 65_534;

/** Why RabbitMQ cannot be measured here, or false. */
export const noRabbitmq: string | false =
  existsSync(SERVER) && existsSync(EPMD) ? false : 'rabbitmq-server is not installed';

const ENABLED = '[rabbitmq_management].\n';
const ADMINISTRATOR = `Basic ${Buffer.from('guest:guest').toString('base64')}`;

/** A broker, where to reach it, and its hands. */
export type RabbitmqPeer = {
  readonly broker: Peer;
  readonly amqpUrl: string;
  readonly managementUrl: string;
  /** A request to the management API as an administrator; the answer as JSON, undefined where it is empty. */
  readonly manage: (method: string, path: string, body?: unknown) => Promise<unknown>;
  readonly remove: () => Promise<void>;
};

/** A broker of one node with its management API, in a folder of its own, with its port mapper; all on loopback. */
export async function startRabbitmq(): Promise<RabbitmqPeer> {
  const ports = {
    amqp: await freePort(),
    management: await freePort(),
    mapper: await freePort(),
    node: await freePort(),
  };
  const folder = await peerFolder('rabbitmq');
  await writeConfig(folder, ports);
  const epmd = peerOf(folder, ports.mapper, [EPMD, '-port', `${ports.mapper}`, '-address', '127.0.0.1']);
  const broker = peerOf(folder, ports.amqp, [...environment(folder, ports), SERVER]);
  await epmd.start();
  await broker.start();
  const managementUrl = `http://127.0.0.1:${ports.management}`;
  return {
    broker,
    amqpUrl: `amqp://guest:guest@127.0.0.1:${ports.amqp}`,
    managementUrl,
    manage: (method, path, body) => manage(method, `${managementUrl}/api${path}`, body),
    remove: async () => {
      await broker.remove();
      await epmd.stop();
    },
  };
}

/** A program as a user without rights, with variables of its environment before its name; the process is the program's. */
function peerOf(folder: string, port: number, words: readonly string[]): Peer {
  const user = process.getuid?.() === 0 ? [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : [];
  return new Peer({ program: '/usr/bin/setpriv', args: [...user, '/usr/bin/env', ...words], port, folder });
}

type Ports = { readonly amqp: number; readonly management: number; readonly mapper: number; readonly node: number };

async function writeConfig(folder: string, { amqp, management }: Ports): Promise<void> {
  const config = `listeners.tcp.1 = 127.0.0.1:${amqp}
management.tcp.ip = 127.0.0.1
management.tcp.port = ${management}
collect_statistics_interval = 1000
disk_free_limit.absolute = 1MB
`;
  await writeFile(join(folder, 'rabbitmq.conf'), config);
  await writeFile(join(folder, 'enabled_plugins'), ENABLED);
  if (process.getuid?.() !== 0) return;
  for (const path of ['', 'rabbitmq.conf', 'enabled_plugins']) await chown(join(folder, path), NOBODY, NOBODY);
}

function environment(folder: string, { mapper, node }: Ports): string[] {
  const loopback = '-kernel inet_dist_use_interface {127,0,0,1}';
  return Object.entries({
    HOME: folder,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: `${mapper}`,
    RABBITMQ_NODENAME: 'nocmate@localhost',
    RABBITMQ_DIST_PORT: `${node}`,
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_CONF_ENV_FILE: join(folder, 'none'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `+S 1 +sbwt none ${loopback}`,
    // The program takes the place of its script, so that signals reach it.
    RUNNING_UNDER_SYSTEMD: '1',
  }).map(([name, text]) => `${name}=${text}`);
}

async function manage(method: string, url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { authorization: ADMINISTRATOR, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
