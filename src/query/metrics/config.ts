import { z } from 'zod';
import { Size } from '#core/units/size.ts';

/** Options of queries. */
export const QueryConfig = z.strictObject({
  /** Memory for raw samples that queries have read, so that a chart drawn again reads only what is new; 0: none. */
  sampleCache: Size.prefault('128MiB'),
});
export type QueryConfig = z.infer<typeof QueryConfig>;
