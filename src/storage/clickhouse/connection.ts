import type { ClickHouseClient } from '@clickhouse/client';
import type { PartStatus } from '#core/api/status.ts';
import type { ByteAnswer } from './answer-bytes.ts';
import type { LoopbackRead } from './loopback-reader.ts';

/** A way to the telemetry engine: the embedded child or a server. */
export type Connection = {
  readonly kind: 'embedded' | 'server';
  /** The database of the product. */
  readonly database: string;
  /** Resolves when the engine answers. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** A client with the given current database, or with the product's. Throws `unavailable` while there is no engine. */
  readonly client: (database?: string) => ClickHouseClient;
  /** A shorter way than the client's for reads without parameters; only the child has one. */
  readonly read?: (sql: string, options: LoopbackRead) => Promise<ByteAnswer>;
  readonly ping: (timeoutMs: number) => Promise<boolean>;
  readonly version: () => string;
  readonly status: () => PartStatus;
  readonly processes: () => { name: string; pid: number }[];
};
