import { get } from 'node:http';
import { join } from 'node:path';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { PartState } from '#core/api/status.ts';
import { AppError } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import { type SupervisedState, supervise } from '#io/supervisor.ts';
import type { Connection } from './connection.ts';
import { type EngineEndpoint, launchEngine } from './engine/launch.ts';
import { ENGINE_USER } from './engine/messages.ts';
import { LoopbackReader } from './loopback-reader.ts';

export type EmbeddedOptions = {
  readonly dataDir: string;
  readonly memoryBudgetBytes: number;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** The database of the product, as the other parts name it in their queries. */
const DATABASE = 'nocmate';
const MAX_CONNECTIONS = 32;
/** The child closes idle connections after 60 s. */
const IDLE_SOCKET_MS = 30_000;
/** Limits are the engine's: a longer silence means that the engine hangs, and then the supervisor ends it. */
const REQUEST_TIMEOUT_MS = 3_600_000;

const STATES: Readonly<Record<SupervisedState, PartState>> = {
  starting: 'starting',
  up: 'up',
  restarting: 'degraded',
  stopped: 'off',
  failed: 'failed',
};

type Clients = {
  readonly endpoint: EngineEndpoint;
  readonly reader: LoopbackReader;
  readonly byDatabase: Map<string, ClickHouseClient>;
};

/** The engine child under supervision; clients follow it to the port of its latest start. */
export function connectEmbedded(options: EmbeddedOptions): Connection {
  const directory = join(options.dataDir, 'clickhouse');
  let clients: Clients | undefined;
  const replaceClients = (endpoint: EngineEndpoint | undefined): void => {
    for (const client of clients?.byDatabase.values() ?? []) void client.close();
    clients?.reader.close();
    clients = endpoint === undefined ? undefined : clientsOf(endpoint);
  };
  const ping = (timeoutMs: number): Promise<boolean> =>
    clients === undefined ? Promise.resolve(false) : isAlive(clients.endpoint, timeoutMs);
  const supervised = supervise({
    name: 'engine',
    launch: async (signal) => {
      const engine = { directory, memoryBudgetBytes: options.memoryBudgetBytes };
      const { child, endpoint } = await launchEngine({ ...options, engine }, signal);
      replaceClients(endpoint);
      return child;
    },
    heartbeat: ping,
    logger: options.logger,
    clock: options.clock,
  });
  return {
    kind: 'embedded',
    database: DATABASE,
    start: supervised.start,
    stop: async () => {
      await supervised.stop();
      replaceClients(undefined);
    },
    client: (database = DATABASE) => clientOf(running(clients), database),
    read: async (sql, read) => running(clients).reader.ask(sql, read),
    ping,
    version: () => clients?.endpoint.version ?? '',
    status: () => ({ state: STATES[supervised.state().state], detail: supervised.state().detail }),
    processes: () => (supervised.state().pid === 0 ? [] : [{ name: 'engine', pid: supervised.state().pid }]),
  };
}

const clientsOf = (endpoint: EngineEndpoint): Clients => ({
  endpoint,
  reader: new LoopbackReader(endpoint, { database: DATABASE, maxConnections: MAX_CONNECTIONS }),
  byDatabase: new Map(),
});

function running(clients: Clients | undefined): Clients {
  if (clients === undefined) throw new AppError('unavailable', 'the telemetry engine is not running yet');
  return clients;
}

function clientOf(clients: Clients, database: string): ClickHouseClient {
  const known = clients.byDatabase.get(database);
  if (known !== undefined) return known;
  const client = createClient({
    url: `http://127.0.0.1:${clients.endpoint.port}`,
    username: ENGINE_USER,
    password: clients.endpoint.password,
    database,
    max_open_connections: MAX_CONNECTIONS,
    request_timeout: REQUEST_TIMEOUT_MS,
    keep_alive: { enabled: true, idle_socket_ttl: IDLE_SOCKET_MS },
    log: { level: ClickHouseLogLevel.OFF },
  });
  clients.byDatabase.set(database, client);
  return client;
}

/** Asks past the queue of queries; a connection of its own, so that a full pool does not look like a dead engine. */
function isAlive({ port, password }: EngineEndpoint, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const auth = `${ENGINE_USER}:${password}`;
    const request = get({ host: '127.0.0.1', port, path: '/alive', auth, agent: false, timeout: timeoutMs });
    // Any answer, a fault as well, shows that the engine works.
    request.once('response', (response) => resolve(response.resume().statusCode !== 403));
    request.once('error', () => resolve(false));
    request.once('timeout', () => request.destroy());
  });
}
