import { z } from 'zod';

/** Options of a list of dashboards. */
export const DashListOptions = z.object({
  /** Dashboards that have all of these; none = every dashboard. */
  tags: z.array(z.string()).default([]),
});
