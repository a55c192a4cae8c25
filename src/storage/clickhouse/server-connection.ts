import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { PartStatus } from '#core/api/status.ts';
import { AppError } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';
import type { Connection } from './connection.ts';

const CHECK_EVERY_MS = 2000;
const CHECK_TIMEOUT_MS = 5000;
/** So many checks in a row without an answer, and what waits for one is given up: the line may be cut silently. */
const MAX_MISSES = 2;
const REQUEST_TIMEOUT_MS = 3_600_000;
const MAX_CONNECTIONS = 32;

/** A ClickHouse server or cluster: `http(s)://user:password@host:port/database`. */
export class ServerConnection implements Connection {
  readonly kind = 'server';
  readonly database: string;
  readonly #address: URL;
  readonly #clock: Clock;
  readonly #clients = new Map<string, ClickHouseClient>();
  /** Checks have a connection of their own: a pool that is busy must not look like a server that is away. */
  #checker: ClickHouseClient | undefined;
  #misses = 0;
  #status: PartStatus = { state: 'off', detail: 'not started' };
  #version = '';
  #life = new AbortController();
  #watch: Promise<void> | undefined;

  constructor(url: string, clock: Clock) {
    const { address, database } = parseServerUrl(url);
    this.#address = address;
    this.database = database;
    this.#clock = clock;
  }

  async start(): Promise<void> {
    if (!(await this.ping(CHECK_TIMEOUT_MS))) {
      const message = `ClickHouse at ${this.#address.host} does not answer: ${this.#status.detail}`;
      throw new AppError('unavailable', message);
    }
    if (this.#watch === undefined) {
      this.#life = new AbortController();
      this.#watch = this.#keepWatch(this.#life.signal);
    }
    const result = await this.client('default').query({ query: 'SELECT version() AS version', format: 'JSONEachRow' });
    this.#version = (await result.json<{ version: string }>())[0]?.version ?? '';
  }

  async stop(): Promise<void> {
    this.#life.abort();
    await this.#watch;
    this.#watch = undefined;
    await this.#cutConnections();
    this.#clients.clear();
    await this.#checker?.close();
    this.#checker = undefined;
    this.#status = { state: 'off', detail: 'stopped' };
  }

  client(name: string = this.database): ClickHouseClient {
    const client = this.#clients.get(name) ?? openClient(this.#address, name);
    this.#clients.set(name, client);
    return client;
  }

  async ping(timeoutMs: number): Promise<boolean> {
    this.#checker ??= openClient(this.#address, 'default');
    const answer = await this.#checker.ping({ select: true, abort_signal: AbortSignal.timeout(timeoutMs) });
    this.#status = answer.success
      ? { state: 'up', detail: this.#address.host }
      : { state: 'degraded', detail: answer.error.message };
    return answer.success;
  }

  /** What is on its way fails as `unavailable`; `close` ends connections, the next requests open new ones. */
  async #cutConnections(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.close()));
  }

  version(): string {
    return this.#version;
  }

  status(): PartStatus {
    return this.#status;
  }

  processes(): [] {
    return [];
  }

  async #keepWatch(ended: AbortSignal): Promise<void> {
    while (!ended.aborted) {
      await this.#clock.sleep(CHECK_EVERY_MS, ended);
      if (ended.aborted) return;
      this.#misses = (await this.ping(CHECK_TIMEOUT_MS)) ? 0 : this.#misses + 1;
      if (this.#misses >= MAX_MISSES) await this.#cutConnections();
    }
  }
}

function openClient(address: URL, database: string): ClickHouseClient {
  return createClient({
    url: `${address.protocol}//${address.host}`,
    username: decodeURIComponent(address.username) || 'default',
    password: decodeURIComponent(address.password),
    database,
    max_open_connections: MAX_CONNECTIONS,
    request_timeout: REQUEST_TIMEOUT_MS,
    log: { level: ClickHouseLogLevel.OFF },
  });
}

/** Takes CLICKHOUSE_URL apart. Throws `bad_request` with what a right one looks like. */
export function parseServerUrl(text: string): { address: URL; database: string } {
  const address = URL.parse(text);
  if (address === null || !/^https?:$/.test(address.protocol)) {
    throw new AppError('bad_request', 'CLICKHOUSE_URL must look like https://user:password@host:8443/nocmate');
  }
  const database = decodeURIComponent(address.pathname.slice(1)) || 'nocmate';
  if (!/^\w+$/.test(database)) throw new AppError('bad_request', `"${database}" in CLICKHOUSE_URL is not a database`);
  return { address, database };
}
