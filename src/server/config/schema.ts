import { z } from 'zod';
import { ListenAddress } from '#core/units/listen-address.ts';
import { IngestConfig } from '#pipeline/config.ts';
import { GraphiteConfig } from '#query/graphite/storage-schemas.ts';
import { QueryConfig } from '#query/metrics/index.ts';
import { TelemetryConfig } from '#storage/clickhouse/config.ts';
import { CollectorsConfig, TargetsConfig } from '#work/index.ts';
import { ScrapeConfig } from '#work/scrape/index.ts';

const Url = z.url({ message: 'write a whole URL, like https://user:password@host:port/database' });

/**
 * The whole configuration. Every part states its own section; defaults stand there too, so an empty file is valid.
 * Inputs are checked by their plugins when these are loaded.
 */
export const Config = z.strictObject({
  /** Folder of everything that is kept. */
  data: z.string().min(1).default('./data'),
  /** The label `host` of this node's own series; default: the machine's name. */
  host: z.string().min(1).max(255).optional(),
  http: z.strictObject({ listen: ListenAddress.default('127.0.0.1:8400') }).prefault({}),
  log: z
    .strictObject({ level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('warn') })
    .prefault({}),
  clickhouse: z.strictObject({ url: Url.optional() }).prefault({}),
  postgres: z.strictObject({ url: Url.optional() }).prefault({}),
  /** Reserved: work and transport over RabbitMQ come with remote workers; until then a start says that it is not used. */
  amqp: z.strictObject({ url: Url.optional() }).prefault({}),
  storage: TelemetryConfig.prefault({}),
  ingest: IngestConfig.prefault({}),
  /** Plugin id → its options: `graphite-plaintext: { listen: … }`. */
  inputs: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  collectors: CollectorsConfig.default({}),
  targets: TargetsConfig.prefault({}),
  /** Prometheus targets: `global` and `scrape_configs` as Prometheus has them, or `files` to read them from. */
  scrape: ScrapeConfig.prefault({}),
  query: QueryConfig.prefault({}),
  graphite: GraphiteConfig.prefault({}),
});
export type Config = z.infer<typeof Config>;
