import { mkdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { PartStatus, StorageStatus } from '#core/api/status.ts';
import { AppError } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';
import { InTurn } from '#io/in-turn.ts';
import type { Logger } from '#io/log.ts';
import { createStore } from './clickhouse-store.ts';
import type { TelemetryConfig } from './config.ts';
import type { Connection } from './connection.ts';
import { connectEmbedded } from './embedded-connection.ts';
import { quoteIdentifier } from './engine/literal.ts';
import { RollupQueue } from './rollup/rollup-queue.ts';
import { createRollups, type Rollups } from './rollup/rollups.ts';
import { applyLogIndex } from './schema/log-index.ts';
import { migrate } from './schema/migrations.ts';
import { applyRetention } from './schema/retention.ts';
import { ServerConnection } from './server-connection.ts';
import { tableOverview } from './table-overview.ts';
import type { TelemetryStore } from './telemetry-store.ts';

export type TelemetryOptions = {
  readonly dataDir: string;
  /** A ClickHouse server instead of the embedded engine. */
  readonly url?: string;
  readonly config: TelemetryConfig;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** The telemetry engine as a part of the server. */
export type Telemetry = {
  readonly store: TelemetryStore;
  readonly kind: 'embedded' | 'server';
  /** Resolves when the engine is up, migrated and has the configured retention. May be called again after a fault. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly status: () => PartStatus;
  readonly processes: () => { name: string; pid: number }[];
  readonly version: () => string;
  readonly tables: () => Promise<StorageStatus['tables']>;
  readonly rollups: Rollups;
};

/** Puts the telemetry engine together; nothing runs before `start`. */
export function createTelemetry(options: TelemetryOptions): Telemetry {
  const { config, clock, logger } = options;
  const dataDir = resolve(options.dataDir);
  const connection = connect(options, dataDir);
  const embedded = connection.kind === 'embedded';
  const queue = new RollupQueue(join(dataDir, 'rollup'));
  let ready = false;
  const anyTime = createStore({
    kind: connection.kind,
    client: () => connection.client(),
    ...(connection.read === undefined ? {} : { read: connection.read }),
    ping: (timeoutMs) => connection.ping(timeoutMs),
    ...(embedded ? { onSamples: (file, token) => queue.add(file, token) } : {}),
  });
  const inserts = new InTurn();
  const store = guardedInserts(anyTime, inserts, () => !ready);
  const rollups = createRollups({ store, kind: connection.kind, queue, inserts, clock, logger });
  return {
    store,
    kind: connection.kind,
    start: async () => {
      await prepareFolder(dataDir, connection.kind);
      await rollups.open();
      await connection.start();
      await prepareSchema(connection, store, config);
      await rollups.start();
      ready = true;
    },
    stop: async () => {
      ready = false;
      await rollups.stop();
      await connection.stop();
    },
    status: () => statusOf(connection, ready),
    processes: () => connection.processes(),
    version: () => connection.version(),
    tables: () => tableOverview(store, config),
    rollups,
  };
}

/**
 * What is inserted while the schema is in the making may land in a table that a step of it replaces. Samples are inserted
 * one file after the other, and none while rollups are made again.
 */
function guardedInserts(store: TelemetryStore, samples: InTurn, isRefusing: () => boolean): TelemetryStore {
  const insert = async (table: string, work: () => Promise<void>): Promise<void> => {
    if (isRefusing()) throw new AppError('unavailable', 'the schema of the store is being prepared');
    return table === 'samples' ? samples.run(work) : work();
  };
  return {
    ...store,
    insertFile: (...file) => insert(file[0], () => store.insertFile(...file)),
    insertFiles: (...files) => insert(files[0], () => store.insertFiles(...files)),
  };
}

function statusOf(connection: Connection, ready: boolean): PartStatus {
  const status = connection.status();
  return status.state === 'up' && !ready ? { state: 'starting', detail: 'preparing the schema' } : status;
}

function connect({ url, config, clock, logger }: TelemetryOptions, dataDir: string): Connection {
  if (url !== undefined) return new ServerConnection(url, clock);
  return connectEmbedded({ dataDir, memoryBudgetBytes: config.memoryBudget, clock, logger });
}

async function prepareFolder(dataDir: string, kind: Connection['kind']): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  if (kind === 'server') return;
  const path = await realpath(dataDir);
  // The engine reads batches by file patterns, in which these characters have a meaning.
  if (/[*?{}[\]]/.test(path)) {
    throw new AppError('bad_request', `the data folder ${path} must not hold * ? { } [ ] in its name: move it`);
  }
}

async function prepareSchema(connection: Connection, store: TelemetryStore, config: TelemetryConfig): Promise<void> {
  await connection.client('default').command({
    query: `CREATE DATABASE IF NOT EXISTS ${quoteIdentifier(connection.database)}`,
  });
  await migrate(store, connection.kind);
  await applyLogIndex(store, config);
  await applyRetention(store, config);
}
