import { z } from 'zod';

/** Options of a table panel. */
export const TableOptions = z.object({
  /** `latest`: one value a row; `statistics`: also least, average and greatest. */
  show: z.enum(['latest', 'statistics']).default('statistics'),
});
export type TableOptions = z.infer<typeof TableOptions>;
