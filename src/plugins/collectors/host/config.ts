import { z } from 'zod';

/** Options of the host collector. Nothing has to be set; in a container, point it at the host's mounted folders. */
export const HostConfig = z.strictObject({
  procPath: z
    .string()
    .min(1)
    .default('/proc')
    .describe('Where the proc filesystem of the machine to measure is mounted.'),
  sysPath: z.string().min(1).default('/sys').describe('Where its sysfs is mounted.'),
  rootPath: z
    .string()
    .min(1)
    .default('/')
    .describe(
      'Where its root filesystem is mounted: filesystem sizes, the name of the system and time sync come from there.',
    ),
});
export type HostConfig = z.infer<typeof HostConfig>;
