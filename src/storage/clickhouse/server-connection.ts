import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { PartStatus } from '#core/api/status.ts';
import { AppError } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';
import type { Connection } from './connection.ts';

const CHECK_EVERY_MS = 5000;
const CHECK_TIMEOUT_MS = 5000;
const REQUEST_TIMEOUT_MS = 3_600_000;
const MAX_CONNECTIONS = 32;

/** A ClickHouse server or cluster: `http(s)://user:password@host:port/database`. */
export function connectServer(url: string, clock: Clock): Connection {
  const { address, database } = parseServerUrl(url);
  const clients = new Map<string, ClickHouseClient>();
  let status: PartStatus = { state: 'off', detail: 'not started' };
  let version = '';
  let life = new AbortController();
  let watch: Promise<void> | undefined;
  const client = (name = database): ClickHouseClient => {
    const known = clients.get(name);
    if (known !== undefined) return known;
    const fresh = openClient(address, name);
    clients.set(name, fresh);
    return fresh;
  };
  const ping = async (timeoutMs: number): Promise<boolean> => {
    const answer = await client('default').ping({ select: true, abort_signal: AbortSignal.timeout(timeoutMs) });
    status = answer.success
      ? { state: 'up', detail: address.host }
      : { state: 'degraded', detail: answer.error.message };
    return answer.success;
  };
  const keepWatch = async (ended: AbortSignal): Promise<void> => {
    while (!ended.aborted) {
      await clock.sleep(CHECK_EVERY_MS, ended);
      if (!ended.aborted) await ping(CHECK_TIMEOUT_MS);
    }
  };
  return {
    kind: 'server',
    database,
    client,
    ping,
    start: async () => {
      if (!(await ping(CHECK_TIMEOUT_MS))) {
        throw new AppError('unavailable', `ClickHouse at ${address.host} does not answer: ${status.detail}`);
      }
      const result = await client('default').query({ query: 'SELECT version() AS version', format: 'JSONEachRow' });
      version = (await result.json<{ version: string }>())[0]?.version ?? '';
      life = new AbortController();
      watch ??= keepWatch(life.signal);
    },
    stop: async () => {
      life.abort();
      await watch;
      watch = undefined;
      await Promise.all([...clients.values()].map((open) => open.close()));
      clients.clear();
      status = { state: 'off', detail: 'stopped' };
    },
    version: () => version,
    status: () => status,
    processes: () => [],
  };
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
