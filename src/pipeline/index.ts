import type { Ingest, IngestOptions } from './ingest.ts';
import { IngestPipeline } from './ingest-pipeline.ts';

export { IngestConfig } from './config.ts';
export type { Ingest, IngestOptions } from './ingest.ts';

/** Puts the intake together; nothing runs before `start`. */
export function createIngest(options: IngestOptions): Ingest {
  return new IngestPipeline(options);
}
